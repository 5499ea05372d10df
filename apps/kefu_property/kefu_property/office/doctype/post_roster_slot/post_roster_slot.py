from frappe.model.document import Document


class PostRosterSlot(Document):
	pass
