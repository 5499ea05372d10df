from frappe.model.document import Document


class ManagementReviewMember(Document):
	"""Somebody who took part in a management review."""
