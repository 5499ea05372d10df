from frappe.model.document import Document


class DormitoryMeterLine(Document):
	pass
