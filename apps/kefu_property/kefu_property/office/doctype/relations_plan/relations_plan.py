from frappe.model.document import Document


class RelationsPlan(Document):
	pass
