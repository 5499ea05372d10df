from frappe.model.document import Document


class TrainingAttempt(Document):
	pass
