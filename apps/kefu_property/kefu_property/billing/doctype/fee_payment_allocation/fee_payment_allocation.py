from frappe.model.document import Document


class FeePaymentAllocation(Document):
	pass
