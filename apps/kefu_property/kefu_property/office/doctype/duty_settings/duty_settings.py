from frappe.model.document import Document


class DutySettings(Document):
	pass
