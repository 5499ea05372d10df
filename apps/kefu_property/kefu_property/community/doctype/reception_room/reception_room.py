from frappe.model.document import Document


class ReceptionRoom(Document):
	pass
