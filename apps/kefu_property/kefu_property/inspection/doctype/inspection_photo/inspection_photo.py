from frappe.model.document import Document


class InspectionPhoto(Document):
	"""A photo of a facility, a check or a defect, kept without place and camera."""
