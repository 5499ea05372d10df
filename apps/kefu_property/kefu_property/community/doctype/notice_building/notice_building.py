from frappe.model.document import Document


class NoticeBuilding(Document):
	pass
