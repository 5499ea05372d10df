from frappe.model.document import Document


class ServiceDepartmentMember(Document):
	"""A person who works cases of a department."""
