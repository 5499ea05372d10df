"""What the office set for handing over, in the types that the rules take."""

from __future__ import annotations

import frappe
from frappe.utils import cint


def number(fieldname: str) -> int:
	return cint(frappe.db.get_single_value("Handover Settings", fieldname))


def bring() -> list[str]:
	"""What buyers bring, line by line."""
	text = frappe.db.get_single_value("Handover Settings", "bring") or ""
	return [line.strip() for line in text.splitlines() if line.strip()]


def papers() -> list[dict]:
	"""Papers that buyers sign: `paper`, `required`."""
	return [{"paper": row.paper, "required": row.required} for row in frappe.get_cached_doc("Handover Settings").papers]


def checks() -> list[tuple[str, str]]:
	"""Checks of a home as (text, kind of room), in their order."""
	return frappe.get_all(
		"Handover Check",
		filters={"disabled": 0},
		fields=["check_text", "room_kind"],
		order_by="position, check_text",
		as_list=True,
	)
