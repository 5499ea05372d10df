from frappe.model.document import Document


class HomeHandoverPerson(Document):
	pass
