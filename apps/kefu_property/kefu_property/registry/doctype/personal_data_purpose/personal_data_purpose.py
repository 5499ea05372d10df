from frappe.model.document import Document


class PersonalDataPurpose(Document):
	pass
