from frappe.model.document import Document


class RenovationDrawing(Document):
	"""A drawing or picture handed in with an application."""
