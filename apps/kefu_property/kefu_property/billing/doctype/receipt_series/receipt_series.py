from frappe.model.document import Document


class ReceiptSeries(Document):
	pass
