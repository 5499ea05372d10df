from frappe.model.document import Document


class RiskReview(Document):
	"""One look at a risk or an aspect, with its result."""
