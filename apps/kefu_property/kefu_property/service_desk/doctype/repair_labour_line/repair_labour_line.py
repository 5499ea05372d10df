from frappe.model.document import Document


class RepairLabourLine(Document):
	"""Labour of a repair: from the price list, or described."""
