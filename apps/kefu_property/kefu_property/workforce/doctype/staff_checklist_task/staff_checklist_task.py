from frappe.model.document import Document


class StaffChecklistTask(Document):
	pass
