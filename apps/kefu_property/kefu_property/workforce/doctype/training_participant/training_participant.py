from frappe.model.document import Document


class TrainingParticipant(Document):
	pass
