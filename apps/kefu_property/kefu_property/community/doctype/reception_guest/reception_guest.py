from frappe.model.document import Document


class ReceptionGuest(Document):
	pass
