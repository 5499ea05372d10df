from frappe.model.document import Document


class ExternalCommitment(Document):
	pass
