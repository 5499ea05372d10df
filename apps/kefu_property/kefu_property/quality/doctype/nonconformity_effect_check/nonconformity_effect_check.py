from frappe.model.document import Document


class NonconformityEffectCheck(Document):
	"""What somebody else saw of the effect of a round of actions."""
