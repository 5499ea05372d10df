from frappe.model.document import Document


class InspectionTaskLine(Document):
	"""The answer to one line of the check sheet."""
