from frappe.model.document import Document


class TimeClockImportRow(Document):
	pass
