from frappe.model.document import Document


class ExternalContact(Document):
	pass
