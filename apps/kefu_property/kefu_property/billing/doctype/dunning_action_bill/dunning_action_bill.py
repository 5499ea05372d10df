from frappe.model.document import Document


class DunningActionBill(Document):
	"""A bill that a dunning step is about."""
