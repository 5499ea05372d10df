from frappe.model.document import Document


class DormitoryCheckoutItem(Document):
	pass
