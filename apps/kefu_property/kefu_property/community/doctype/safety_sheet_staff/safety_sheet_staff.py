from frappe.model.document import Document


class SafetySheetStaff(Document):
	pass
