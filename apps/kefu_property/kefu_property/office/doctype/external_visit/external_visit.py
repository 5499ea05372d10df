from frappe.model.document import Document


class ExternalVisit(Document):
	pass
