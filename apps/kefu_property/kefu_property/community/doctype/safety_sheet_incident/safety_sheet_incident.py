from frappe.model.document import Document


class SafetySheetIncident(Document):
	pass
