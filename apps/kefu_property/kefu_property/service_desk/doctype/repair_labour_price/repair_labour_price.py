from frappe.model.document import Document


class RepairLabourPrice(Document):
	"""A published price of labour that the owner pays (L16)."""
