from frappe.model.document import Document


class OperationsFigure(Document):
	pass
