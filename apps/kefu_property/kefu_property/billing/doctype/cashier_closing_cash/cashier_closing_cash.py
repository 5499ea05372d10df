from frappe.model.document import Document


class CashierClosingCash(Document):
	pass
