from frappe.model.document import Document


class OnlinePaymentBill(Document):
	"""One bill of an online payment and the amount that was open when it began."""
