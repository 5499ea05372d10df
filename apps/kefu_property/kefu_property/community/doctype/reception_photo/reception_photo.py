from frappe.model.document import Document


class ReceptionPhoto(Document):
	pass
