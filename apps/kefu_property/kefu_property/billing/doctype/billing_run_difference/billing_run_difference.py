from frappe.model.document import Document


class BillingRunDifference(Document):
	pass
