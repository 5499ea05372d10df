from frappe.model.document import Document


class KeyHandoverItem(Document):
	pass
