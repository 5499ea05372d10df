from frappe.model.document import Document


class RiskMeasure(Document):
	"""What is done about a risk, by whom, until when."""
