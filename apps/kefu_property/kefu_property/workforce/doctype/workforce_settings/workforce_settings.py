from frappe.model.document import Document


class WorkforceSettings(Document):
	pass
