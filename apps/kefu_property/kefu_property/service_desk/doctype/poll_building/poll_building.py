from frappe.model.document import Document


class PollBuilding(Document):
	pass
