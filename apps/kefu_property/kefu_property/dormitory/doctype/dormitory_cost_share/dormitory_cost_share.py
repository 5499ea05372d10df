from frappe.model.document import Document


class DormitoryCostShare(Document):
	pass
