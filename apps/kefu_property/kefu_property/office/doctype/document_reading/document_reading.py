from frappe.model.document import Document


class DocumentReading(Document):
	pass
