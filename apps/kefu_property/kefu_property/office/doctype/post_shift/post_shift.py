import frappe
from frappe.model.document import Document


class PostShift(Document):
	"""One shift of one person, made by an approved roster and changed by approved swaps (D11)."""


def on_doctype_update() -> None:
	frappe.db.add_index("Post Shift", ["staff", "starts_on"], "staff_starts_on")
