from frappe.model.document import Document


class StoreSettings(Document):
	"""Limits of approval in yuan, and how early the office hears of ends of warranty (D15)."""
