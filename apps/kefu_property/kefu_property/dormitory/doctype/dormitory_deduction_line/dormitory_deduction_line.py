from frappe.model.document import Document


class DormitoryDeductionLine(Document):
	pass
