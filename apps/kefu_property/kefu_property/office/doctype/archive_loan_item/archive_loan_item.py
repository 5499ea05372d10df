from frappe.model.document import Document


class ArchiveLoanItem(Document):
	pass
