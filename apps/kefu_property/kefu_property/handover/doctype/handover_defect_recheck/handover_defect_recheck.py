from frappe.model.document import Document


class HandoverDefectRecheck(Document):
	pass
