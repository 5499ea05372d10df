from frappe.model.document import Document


class FixedAssetTransferItem(Document):
	"""One asset that changes hands, and where it was before."""
