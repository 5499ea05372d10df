from frappe.model.document import Document


class ActivityCostLine(Document):
	pass
