from frappe.model.document import Document


class StaffPrivateValue(Document):
	pass
