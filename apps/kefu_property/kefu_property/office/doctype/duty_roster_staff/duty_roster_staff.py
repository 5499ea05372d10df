from frappe.model.document import Document


class DutyRosterStaff(Document):
	pass
