from frappe.model.document import Document


class TakeoverItem(Document):
	pass
