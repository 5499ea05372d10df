from frappe.model.document import Document


class AttendanceSheetLine(Document):
	pass
