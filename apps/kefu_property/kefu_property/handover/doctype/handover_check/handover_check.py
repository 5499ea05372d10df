from frappe.model.document import Document


class HandoverCheck(Document):
	pass
