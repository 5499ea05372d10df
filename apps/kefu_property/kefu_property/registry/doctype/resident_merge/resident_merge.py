from frappe.model.document import Document


class ResidentMerge(Document):
	pass
