from frappe.model.document import Document


class FixedAssetCountItem(Document):
	"""One asset of a count: where the books say it is and what was seen."""
