from frappe.model.document import Document


class StaffPostPlaces(Document):
	pass
