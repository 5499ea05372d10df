from frappe.model.document import Document


class PostRosterStaff(Document):
	pass
