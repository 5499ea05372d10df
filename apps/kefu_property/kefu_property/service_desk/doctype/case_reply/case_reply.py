from frappe.model.document import Document


class CaseReply(Document):
	"""What was said to the owner, or by the owner, about a case."""
