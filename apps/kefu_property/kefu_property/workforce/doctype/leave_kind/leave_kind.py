from frappe.model.document import Document


class LeaveKind(Document):
	pass
