from frappe.model.document import Document


class WorkSummaryGoal(Document):
	pass
