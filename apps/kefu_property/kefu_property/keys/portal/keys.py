"""My keys: what the office lent to the resident, and what was handed over for their homes (D14)."""

import frappe

from kefu_property.keys import api
from kefu_property.registry.api import residents_of_user


def get_context(context):
	residents = residents_of_user(frappe.session.user)
	context.loans = [row for row in api.open_loans(residents=residents) if row.resident in residents]
	context.handovers = handovers(residents)


def handovers(residents: list[str]) -> list[dict]:
	"""Handovers in force to these residents, newest first, with the keys in one line."""
	if not residents:
		return []
	# residents have no right on documents: the filter by their own records is the ownership check
	papers = frappe.get_all(
		"Key Handover",
		filters={"resident": ["in", residents], "docstatus": 1},
		fields=["name", "unit", "direction", "handed_on"],
		order_by="handed_on desc",
		limit=50,
	)
	items = frappe.get_all(
		"Key Handover Item",
		filters={"parent": ["in", [paper.name for paper in papers] or [""]]},
		fields=["parent", "key_code", "key_name"],
		order_by="parent, idx",
	)
	for paper in papers:
		paper.keys_text = ", ".join(f"{row.key_code} {row.key_name}" for row in items if row.parent == paper.name)
	return papers
