from frappe.model.document import Document


class CaseTransfer(Document):
	"""A case handed from one department to another."""
