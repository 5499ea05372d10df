from frappe.model.document import Document


class ReceptionCost(Document):
	pass
