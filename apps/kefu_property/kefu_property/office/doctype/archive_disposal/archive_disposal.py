from frappe.model.document import Document


class ArchiveDisposal(Document):
	pass
