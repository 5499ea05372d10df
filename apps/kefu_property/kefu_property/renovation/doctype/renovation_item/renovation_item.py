from frappe.model.document import Document


class RenovationItem(Document):
	"""What a renovation can contain, how risky it is and whether the law bans it (L11)."""
