from frappe.model.document import Document


class ForumTopic(Document):
	pass
