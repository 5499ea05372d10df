from frappe.model.document import Document


class ShiftHandoverLine(Document):
	pass
