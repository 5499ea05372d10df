from frappe.model.document import Document


class NoticeRead(Document):
	pass
