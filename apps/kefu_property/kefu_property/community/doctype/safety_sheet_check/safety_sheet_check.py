from frappe.model.document import Document


class SafetySheetCheck(Document):
	pass
