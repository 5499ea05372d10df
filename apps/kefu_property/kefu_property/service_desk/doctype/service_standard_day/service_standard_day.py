from frappe.model.document import Document


class ServiceStandardDay(Document):
	"""A day that differs from its week: a holiday, or a day worked instead."""
