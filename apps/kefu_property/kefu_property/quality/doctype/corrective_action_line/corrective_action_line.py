from frappe.model.document import Document


class CorrectiveActionLine(Document):
	"""One corrective action: who, until when, done when; `round` counts the plans of a nonconformity."""
