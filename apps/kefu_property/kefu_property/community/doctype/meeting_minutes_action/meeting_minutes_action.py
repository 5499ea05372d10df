from frappe.model.document import Document


class MeetingMinutesAction(Document):
	pass
