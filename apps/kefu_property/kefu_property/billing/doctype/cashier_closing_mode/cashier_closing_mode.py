from frappe.model.document import Document


class CashierClosingMode(Document):
	pass
