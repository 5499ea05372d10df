import frappe
from frappe.model.document import Document


class ResidentPrivateValue(Document):
	"""One full phone or ID number. Written and read only by `registry.private_values`."""


def on_doctype_update() -> None:
	frappe.db.add_unique("Resident Private Value", ["resident", "kind", "contact"], "one_value_per_place")
