from frappe.model.document import Document


class MoveRequestPerson(Document):
	pass
