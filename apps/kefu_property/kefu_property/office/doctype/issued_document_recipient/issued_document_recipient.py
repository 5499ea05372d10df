from frappe.model.document import Document


class IssuedDocumentRecipient(Document):
	pass
