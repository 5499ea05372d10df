from frappe.model.document import Document


class ReceiptBookMovement(Document):
	pass
