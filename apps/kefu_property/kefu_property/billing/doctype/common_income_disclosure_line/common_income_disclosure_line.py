from frappe.model.document import Document


class CommonIncomeDisclosureLine(Document):
	"""Sum of one source in a disclosure."""
