from frappe.model.document import Document


class ForumInvitation(Document):
	pass
