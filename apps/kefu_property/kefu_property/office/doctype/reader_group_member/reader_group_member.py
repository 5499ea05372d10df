from frappe.model.document import Document


class ReaderGroupMember(Document):
	pass
