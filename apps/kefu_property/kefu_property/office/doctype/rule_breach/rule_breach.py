from frappe.model.document import Document


class RuleBreach(Document):
	pass
