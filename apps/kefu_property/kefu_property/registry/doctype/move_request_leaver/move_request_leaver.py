from frappe.model.document import Document


class MoveRequestLeaver(Document):
	pass
