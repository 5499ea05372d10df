from frappe.model.document import Document


class RenovationWorker(Document):
	"""A worker who may enter, with the pass."""
