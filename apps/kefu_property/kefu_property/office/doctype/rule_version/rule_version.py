from frappe.model.document import Document


class RuleVersion(Document):
	pass
