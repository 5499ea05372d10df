from frappe.model.document import Document


class HandoverDay(Document):
	pass
