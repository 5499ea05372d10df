from frappe.model.document import Document


class MoveRequestCheck(Document):
	pass
