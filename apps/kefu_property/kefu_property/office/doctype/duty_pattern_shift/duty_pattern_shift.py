from frappe.model.document import Document


class DutyPatternShift(Document):
	pass
