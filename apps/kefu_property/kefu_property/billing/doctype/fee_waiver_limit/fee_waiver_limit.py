from frappe.model.document import Document


class FeeWaiverLimit(Document):
	"""How much the holders of a role may waive with one approval."""
