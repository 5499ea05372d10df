from frappe.model.document import Document


class KeyLoanItem(Document):
	pass
