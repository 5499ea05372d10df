from frappe.model.document import Document


class StoreSupplier(Document):
	"""Whom the office buys materials and assets from (D15)."""
