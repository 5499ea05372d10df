from frappe.model.document import Document


class CompanyRule(Document):
	pass
