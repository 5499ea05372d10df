from frappe.model.document import Document


class MeetingRoom(Document):
	"""A room for meetings and receptions, with its price for paid services (D31)."""
