from frappe.model.document import Document


class StaffAttendanceLine(Document):
	pass
