from frappe.model.document import Document


class LateFeePolicyItem(Document):
	"""A fee item whose arrears bear late fee."""
