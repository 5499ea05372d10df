from frappe.model.document import Document


class DocumentDistribution(Document):
	"""Who gets a version: read at the screen, or as a numbered paper copy that is taken back."""
