from frappe.model.document import Document


class HonourCriterion(Document):
	pass
