from frappe.model.document import Document


class MoveRequest(Document):
	pass
