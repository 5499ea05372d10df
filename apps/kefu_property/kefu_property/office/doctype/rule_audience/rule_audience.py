from frappe.model.document import Document


class RuleAudience(Document):
	pass
