from frappe.model.document import Document


class FixedAssetDepreciationLine(Document):
	"""Depreciation of one asset in a run."""
