from frappe.model.document import Document


class RenovationSettings(Document):
	"""What the renovation desk goes by: charges, hours, clocks (L11)."""
