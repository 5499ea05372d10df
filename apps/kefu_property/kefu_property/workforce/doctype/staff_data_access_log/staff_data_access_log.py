from frappe.model.document import Document


class StaffDataAccessLog(Document):
	pass
