"""What the office set for inspection: days off and periods."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import frappe
from frappe.utils import cint, getdate

from kefu_property.rules import inspection_rules as rules


def number(fieldname: str) -> int:
	return cint(frappe.db.get_single_value("Inspection Settings", fieldname))


def is_working_day() -> Callable[[date], bool]:
	"""The office's calendar: weekends as set, holidays and make-up working days."""
	rows = frappe.get_all(
		"Inspection Calendar Day", filters={"parent": "Inspection Settings"}, fields=["day", "is_working"]
	)
	return rules.working_days(bool(number("weekends_off")), {getdate(row.day): bool(row.is_working) for row in rows})
