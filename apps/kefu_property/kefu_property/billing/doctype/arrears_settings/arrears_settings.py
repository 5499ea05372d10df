from frappe.model.document import Document


class ArrearsSettings(Document):
	"""Rules of waivers, limitation and promises of the site."""
