from frappe.model.document import Document


class ServiceStandardDeadline(Document):
	"""How soon a kind of case of a severity is answered, reported on and closed."""
