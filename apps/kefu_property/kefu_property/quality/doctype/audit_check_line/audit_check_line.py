from frappe.model.document import Document


class AuditCheckLine(Document):
	"""One question of an audit with its answer and evidence."""
