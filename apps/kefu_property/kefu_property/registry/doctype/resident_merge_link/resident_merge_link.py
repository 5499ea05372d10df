from frappe.model.document import Document


class ResidentMergeLink(Document):
	pass
