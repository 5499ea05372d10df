from frappe.model.document import Document


class SpecialServiceSlot(Document):
	pass
