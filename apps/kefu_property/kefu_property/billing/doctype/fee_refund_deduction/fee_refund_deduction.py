from frappe.model.document import Document


class FeeRefundDeduction(Document):
	pass
