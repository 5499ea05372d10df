from frappe.model.document import Document


class DunningPolicyStep(Document):
	"""One rung of the dunning ladder."""
