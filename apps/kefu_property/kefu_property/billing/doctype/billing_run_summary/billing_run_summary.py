from frappe.model.document import Document


class BillingRunSummary(Document):
	pass
