from frappe.model.document import Document


class KefuSettings(Document):
	"""Settings of the whole site; what differs between projects is on Property Project."""
