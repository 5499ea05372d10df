from frappe.model.document import Document


class HomeHandoverCheck(Document):
	pass
