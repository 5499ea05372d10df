from frappe.model.document import Document


class StaffChecklistItem(Document):
	pass
