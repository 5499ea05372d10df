from frappe.model.document import Document


class ProjectTakeoverLine(Document):
	pass
