from frappe.model.document import Document


class RenovationCheckLine(Document):
	"""One answer of a patrol or an acceptance."""
