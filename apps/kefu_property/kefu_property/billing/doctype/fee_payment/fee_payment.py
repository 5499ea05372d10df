from frappe.model.document import Document


class FeePayment(Document):
	pass
