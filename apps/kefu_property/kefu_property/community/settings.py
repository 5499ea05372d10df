"""Settings of the community desk, read where they are needed."""

from __future__ import annotations

from decimal import Decimal

import frappe

from kefu_property.rules.money import D

DOCTYPE = "Community Settings"


def number(fieldname: str) -> int:
	return int(frappe.db.get_single_value(DOCTYPE, fieldname) or 0)


def text(fieldname: str) -> str:
	return frappe.db.get_single_value(DOCTYPE, fieldname) or ""


def amount(fieldname: str) -> Decimal:
	return D(frappe.db.get_single_value(DOCTYPE, fieldname) or 0)


def safety_checks() -> list[str]:
	"""The lines with which a safety sheet begins."""
	return [line.strip() for line in text("safety_checks").splitlines() if line.strip()]
