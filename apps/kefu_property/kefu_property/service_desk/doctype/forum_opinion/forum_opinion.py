from frappe.model.document import Document


class ForumOpinion(Document):
	pass
