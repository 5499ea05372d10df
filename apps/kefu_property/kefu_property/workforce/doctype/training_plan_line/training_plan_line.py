from frappe.model.document import Document


class TrainingPlanLine(Document):
	pass
