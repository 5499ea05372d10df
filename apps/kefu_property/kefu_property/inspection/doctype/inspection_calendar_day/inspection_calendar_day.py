from frappe.model.document import Document


class InspectionCalendarDay(Document):
	"""A holiday, or a working day on a weekend."""
