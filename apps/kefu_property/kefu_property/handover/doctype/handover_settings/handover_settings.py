from frappe.model.document import Document


class HandoverSettings(Document):
	pass
