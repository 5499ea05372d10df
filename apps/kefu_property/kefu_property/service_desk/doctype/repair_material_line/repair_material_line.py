from frappe.model.document import Document


class RepairMaterialLine(Document):
	"""Material used in a repair."""
