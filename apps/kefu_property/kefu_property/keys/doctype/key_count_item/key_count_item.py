from frappe.model.document import Document


class KeyCountItem(Document):
	pass
