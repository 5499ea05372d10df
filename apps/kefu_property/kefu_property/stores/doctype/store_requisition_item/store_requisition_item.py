from frappe.model.document import Document


class StoreRequisitionItem(Document):
	"""One item that a department asks for, and how much of it was issued."""
