from frappe.model.document import Document


class StorePurchaseItem(Document):
	"""One item of a purchase request, and how much of it arrived."""
