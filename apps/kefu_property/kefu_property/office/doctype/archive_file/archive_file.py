from frappe.model.document import Document


class ArchiveFile(Document):
	pass
