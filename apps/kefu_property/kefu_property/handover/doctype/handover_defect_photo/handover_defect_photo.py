from frappe.model.document import Document


class HandoverDefectPhoto(Document):
	pass
