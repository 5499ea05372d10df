from frappe.model.document import Document


class CasePause(Document):
	"""A time in which the clock of a case stood still."""
