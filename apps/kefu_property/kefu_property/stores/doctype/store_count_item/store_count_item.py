from frappe.model.document import Document


class StoreCountItem(Document):
	"""One item of a count: on the books and counted."""
