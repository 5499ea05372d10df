from frappe.model.document import Document


class DocumentSeries(Document):
	pass
