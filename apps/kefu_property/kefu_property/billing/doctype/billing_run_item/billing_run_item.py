from frappe.model.document import Document


class BillingRunItem(Document):
	pass
