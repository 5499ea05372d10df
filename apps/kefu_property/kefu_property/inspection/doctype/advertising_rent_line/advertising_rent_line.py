from frappe.model.document import Document


class AdvertisingRentLine(Document):
	"""Rent of one period of a contract."""
