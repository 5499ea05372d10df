from frappe.model.document import Document


class ResidentContact(Document):
	pass
