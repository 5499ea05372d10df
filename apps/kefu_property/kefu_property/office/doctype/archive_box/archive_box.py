from frappe.model.document import Document


class ArchiveBox(Document):
	pass
