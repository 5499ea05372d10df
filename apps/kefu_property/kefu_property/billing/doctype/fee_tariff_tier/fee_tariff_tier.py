from frappe.model.document import Document


class FeeTariffTier(Document):
	"""One step of a tiered price."""
