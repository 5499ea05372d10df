"""The true numbers of the staff, kept apart from their files (D29, L22).

They live in *Staff Private Value*, which no role may read; the file carries masked copies.
"""

from __future__ import annotations

import frappe

DOCTYPE = "Staff Private Value"
PHONE, ID_NUMBER, BANK_ACCOUNT, EMERGENCY_PHONE = "Phone", "ID Number", "Bank Account", "Emergency Phone"


def get(staff: str, kind: str) -> str | None:
	return frappe.db.get_value(DOCTYPE, {"staff": staff, "kind": kind}, "value")


def put(staff: str, kind: str, value: str | None) -> None:
	"""Store, replace or (with an empty value) forget one number."""
	name = frappe.db.get_value(DOCTYPE, {"staff": staff, "kind": kind})
	if name and value:
		frappe.db.set_value(DOCTYPE, name, "value", value)
	elif name:
		frappe.db.delete(DOCTYPE, {"name": name})
	elif value:
		frappe.get_doc({"doctype": DOCTYPE, "staff": staff, "kind": kind, "value": value}).insert(
			ignore_permissions=True,  # nobody may write here by hand; the staff file is the way in
			ignore_links=True,  # called while the file itself is being inserted
		)


def forget(staff: str) -> None:
	frappe.db.delete(DOCTYPE, {"staff": staff})
