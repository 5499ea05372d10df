from frappe.model.document import Document


class RuleQuizQuestion(Document):
	pass
