from frappe.model.document import Document


class PersonalDataAccessLog(Document):
	"""Who saw which full number, when, from where and for what purpose (L22). Written by the system only."""
