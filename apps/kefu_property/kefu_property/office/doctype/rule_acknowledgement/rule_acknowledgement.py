from frappe.model.document import Document


class RuleAcknowledgement(Document):
	pass
