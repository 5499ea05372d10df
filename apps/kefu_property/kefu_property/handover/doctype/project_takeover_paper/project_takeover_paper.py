from frappe.model.document import Document


class ProjectTakeoverPaper(Document):
	pass
