from frappe.model.document import Document


class AuditAreaMember(Document):
	"""Somebody who works in an area, or audits one."""
