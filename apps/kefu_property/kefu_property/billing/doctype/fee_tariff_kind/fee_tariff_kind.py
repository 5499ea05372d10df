from frappe.model.document import Document


class FeeTariffKind(Document):
	pass
