from frappe.model.document import Document


class RenovationPhoto(Document):
	"""A photo without its place and camera."""
