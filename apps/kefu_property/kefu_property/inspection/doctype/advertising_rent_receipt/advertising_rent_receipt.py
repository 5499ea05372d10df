from frappe.model.document import Document


class AdvertisingRentReceipt(Document):
	"""Rent that came in."""
