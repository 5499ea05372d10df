from frappe.model.document import Document


class CustodyCountItem(Document):
	"""One item of a shelf count."""
