from frappe.model.document import Document


class DormitoryInventory(Document):
	pass
