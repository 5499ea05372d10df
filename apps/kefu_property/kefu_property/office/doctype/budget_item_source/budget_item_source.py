from frappe.model.document import Document


class BudgetItemSource(Document):
	pass
