from frappe.model.document import Document


class BudgetItem(Document):
	pass
