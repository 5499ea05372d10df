from frappe.model.document import Document


class ArchiveHandover(Document):
	pass
