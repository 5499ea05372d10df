from frappe.model.document import Document


class MajorCaseTask(Document):
	"""One thing a department has to do about a major complaint."""
