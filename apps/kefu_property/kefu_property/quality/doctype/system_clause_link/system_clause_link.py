from frappe.model.document import Document


class SystemClauseLink(Document):
	"""A clause that a document serves or an audit covers."""
