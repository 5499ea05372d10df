from frappe.model.document import Document


class ForumAction(Document):
	pass
