from frappe.model.document import Document


class TillClosingMode(Document):
	pass
