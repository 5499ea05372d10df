from frappe.model.document import Document


class OperationsReport(Document):
	pass
