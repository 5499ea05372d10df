from frappe.model.document import Document


class TillClosingCash(Document):
	pass
