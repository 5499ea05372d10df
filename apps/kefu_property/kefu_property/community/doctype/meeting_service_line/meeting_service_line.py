from frappe.model.document import Document


class MeetingServiceLine(Document):
	pass
