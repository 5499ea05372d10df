from frappe.model.document import Document


class SharedCostUnit(Document):
	"""A unit that does not bear a shared cost, or bears it by a weight of its own."""
