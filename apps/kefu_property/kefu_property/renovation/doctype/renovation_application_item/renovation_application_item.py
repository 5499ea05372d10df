from frappe.model.document import Document


class RenovationApplicationItem(Document):
	"""One kind of work in an application."""
