from frappe.model.document import Document


class CommunitySettings(Document):
	pass
