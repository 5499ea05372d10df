from frappe.model.document import Document


class ArchiveDisposalItem(Document):
	pass
