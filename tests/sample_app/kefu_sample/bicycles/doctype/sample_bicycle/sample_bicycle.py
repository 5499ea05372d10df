from frappe.model.document import Document


class SampleBicycle(Document):
	"""A bicycle of a project."""
