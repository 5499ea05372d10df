from frappe.model.document import Document


class HomeHandoverPaper(Document):
	pass
