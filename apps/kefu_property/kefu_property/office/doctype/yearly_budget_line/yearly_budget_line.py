from frappe.model.document import Document


class YearlyBudgetLine(Document):
	pass
