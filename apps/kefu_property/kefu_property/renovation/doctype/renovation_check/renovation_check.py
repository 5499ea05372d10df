from frappe.model.document import Document


class RenovationCheck(Document):
	"""What is looked at on a patrol or an acceptance."""
