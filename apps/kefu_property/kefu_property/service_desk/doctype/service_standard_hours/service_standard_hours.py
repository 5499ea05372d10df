from frappe.model.document import Document


class ServiceStandardHours(Document):
	"""A span of working time on a day of the week."""
