from frappe.model.document import Document


class ArchiveText(Document):
	pass
