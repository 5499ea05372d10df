from frappe.model.document import Document


class HandoverDefectKind(Document):
	pass
