from frappe.model.document import Document


class BillingRun(Document):
	pass
