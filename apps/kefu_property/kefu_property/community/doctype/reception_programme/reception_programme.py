from frappe.model.document import Document


class ReceptionProgramme(Document):
	pass
