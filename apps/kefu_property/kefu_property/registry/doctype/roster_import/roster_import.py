from frappe.model.document import Document


class RosterImport(Document):
	pass
