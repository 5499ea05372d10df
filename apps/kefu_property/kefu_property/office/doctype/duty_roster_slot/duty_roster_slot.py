from frappe.model.document import Document


class DutyRosterSlot(Document):
	pass
