from frappe.model.document import Document


class RelationsPlanItem(Document):
	pass
