from frappe.model.document import Document


class FeeTariff(Document):
	pass
