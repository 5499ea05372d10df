from frappe.model.document import Document


class ArchiveLoan(Document):
	pass
