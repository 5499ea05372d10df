from frappe.model.document import Document


class ManagementReviewDecision(Document):
	"""A decision of a management review and what became of it."""
