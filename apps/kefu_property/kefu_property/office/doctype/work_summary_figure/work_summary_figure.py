from frappe.model.document import Document


class WorkSummaryFigure(Document):
	pass
