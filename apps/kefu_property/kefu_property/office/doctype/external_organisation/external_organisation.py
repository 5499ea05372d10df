from frappe.model.document import Document


class ExternalOrganisation(Document):
	pass
