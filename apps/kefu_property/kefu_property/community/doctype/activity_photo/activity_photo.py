from frappe.model.document import Document


class ActivityPhoto(Document):
	pass
