from frappe.model.document import Document


class InspectionTemplateItem(Document):
	"""One line of a check sheet: what is looked at and how it is answered."""
