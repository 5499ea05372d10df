from frappe.model.document import Document


class AuditProgrammeLine(Document):
	"""One audit of the year's programme."""
