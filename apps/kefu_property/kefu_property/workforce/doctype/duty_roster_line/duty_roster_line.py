from frappe.model.document import Document


class DutyRosterLine(Document):
	pass
