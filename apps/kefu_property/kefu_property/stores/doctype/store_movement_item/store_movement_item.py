from frappe.model.document import Document


class StoreMovementItem(Document):
	"""One item of a movement, with the cost that it was posted at."""
