"""Server side of the page Honour Wall: certificates in force (D22)."""

# No postponed annotations here: the framework converts what the page sends by them
import frappe
from frappe import _


@frappe.whitelist()
def get_wall() -> list[dict]:
	"""Honours that the user may see, the newest first; `expired` tells whether the validity is over."""
	if not frappe.has_permission("Honour Record"):
		frappe.throw(_("You may not read honours."), frappe.PermissionError)
	rows = frappe.get_list(
		"Honour Record",
		fields=["name", "project", "title", "issuer", "level", "holder", "awarded_on", "valid_until", "certificate"],
		order_by="awarded_on desc",
		limit=200,
	)
	today = frappe.utils.getdate()
	for row in rows:
		row.expired = bool(row.valid_until and row.valid_until < today)
	return rows
