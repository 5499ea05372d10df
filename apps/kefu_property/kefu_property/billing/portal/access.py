"""What of billing belongs to the signed-in resident: bills and receipts of which they are the payer."""

from __future__ import annotations

import frappe

from kefu_property.registry import api as registry


def mine() -> list[str]:
	return registry.residents_of_user(frappe.session.user)


def own(doctype: str, name: str):
	"""The published document if it belongs to the session's resident. One that is not theirs looks as if it were not there."""
	residents = mine()
	found = residents and frappe.get_all(
		doctype, filters={"name": name, "resident": ["in", residents], "docstatus": [">", 0]}, pluck="name"
	)
	if not found:
		raise frappe.DoesNotExistError
	return frappe.get_doc(doctype, found[0])
