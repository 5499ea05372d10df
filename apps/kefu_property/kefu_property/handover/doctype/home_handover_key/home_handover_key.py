from frappe.model.document import Document


class HomeHandoverKey(Document):
	pass
