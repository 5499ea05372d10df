from frappe.model.document import Document


class KeySettings(Document):
	"""Loan times, reminders and retention of the key desk."""
