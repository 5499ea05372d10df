from frappe.model.document import Document


class FeeInvoice(Document):
	pass
