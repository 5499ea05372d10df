from frappe.model.document import Document


class CustodySettings(Document):
	"""Reminders, tries per code, limits for valuables and compensation, retention."""
