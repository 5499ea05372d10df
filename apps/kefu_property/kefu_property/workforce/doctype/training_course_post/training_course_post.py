from frappe.model.document import Document


class TrainingCoursePost(Document):
	pass
