from frappe.model.document import Document


class FeeInvoiceLine(Document):
	pass
