from frappe.model.document import Document


class HandoverBatchUnit(Document):
	pass
