from frappe.model.document import Document


class FeeTariffAssignment(Document):
	pass
