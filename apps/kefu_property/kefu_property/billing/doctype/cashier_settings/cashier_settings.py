from frappe.model.document import Document


class CashierSettings(Document):
	pass
