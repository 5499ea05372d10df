from frappe.model.document import Document


class DormitoryInspectionLine(Document):
	pass
