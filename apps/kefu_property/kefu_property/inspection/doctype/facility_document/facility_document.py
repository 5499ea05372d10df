from frappe.model.document import Document


class FacilityDocument(Document):
	"""A paper of a facility: manual, certificate, test report."""
