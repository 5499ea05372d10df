from frappe.model.document import Document


class InspectionPlanFacility(Document):
	"""A facility that a plan goes to besides those of its category."""
