from frappe.model.document import Document


class LateFeeRunLine(Document):
	"""Late fee on one bill, as computed by a run. Written by `billing/late_fees.py`."""
