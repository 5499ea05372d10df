from frappe.model.document import Document


class FeeTariffPrice(Document):
	pass
