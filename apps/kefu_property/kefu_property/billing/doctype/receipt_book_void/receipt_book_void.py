from frappe.model.document import Document


class ReceiptBookVoid(Document):
	pass
