from frappe.model.document import Document


class BillingRunSkip(Document):
	pass
