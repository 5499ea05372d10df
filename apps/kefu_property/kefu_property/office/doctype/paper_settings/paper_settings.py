from frappe.model.document import Document


class PaperSettings(Document):
	pass
