from frappe.model.document import Document


class CasePhoto(Document):
	"""A picture of a case, with when it was taken up."""
