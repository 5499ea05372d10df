from frappe.model.document import Document


class FeeWaiverLine(Document):
	"""What is waived of one line of a bill."""
