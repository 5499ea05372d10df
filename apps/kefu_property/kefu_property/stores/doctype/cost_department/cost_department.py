from frappe.model.document import Document


class CostDepartment(Document):
	"""Department that material and assets are charged to, with its budget of material for a month in yuan (D15)."""
