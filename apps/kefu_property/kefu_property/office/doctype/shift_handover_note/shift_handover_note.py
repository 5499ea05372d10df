from frappe.model.document import Document


class ShiftHandoverNote(Document):
	pass
