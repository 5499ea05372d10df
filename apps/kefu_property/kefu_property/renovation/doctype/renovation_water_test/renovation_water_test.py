from frappe.model.document import Document


class RenovationWaterTest(Document):
	"""A closed-water test of one room."""
