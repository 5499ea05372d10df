from frappe.model.document import Document


class FeeLedgerEntry(Document):
	pass
