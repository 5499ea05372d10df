from frappe.model.document import Document


class HomeLayoutRoom(Document):
	pass
