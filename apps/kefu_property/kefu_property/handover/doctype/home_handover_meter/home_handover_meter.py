from frappe.model.document import Document


class HomeHandoverMeter(Document):
	pass
