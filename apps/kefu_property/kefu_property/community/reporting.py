"""What the reports of the community desk share: the reader's projects, the span of days, columns."""

from __future__ import annotations

import frappe
from frappe.utils import add_months, getdate, today

from kefu_property.suite import row_rules


def where(filters: dict | None, date_field: str) -> list:
	"""Filters of a report's own query: the project rule of the lists, the chosen project, days from `from_date` to `to_date`."""
	filters = frappe._dict(filters or {})
	start = getdate(filters.from_date or add_months(today(), -12))
	end = getdate(filters.to_date or today())
	found = [[date_field, "between", [start, end]]]
	user = frappe.session.user
	if not row_rules.sees_all_projects(user):
		found.append(["project", "in", row_rules.projects_of(user) or [""]])
	if filters.project:
		found.append(["project", "=", filters.project])
	return found


def column(fieldname: str, label: str, fieldtype: str = "Data", width: int = 120, options: str | None = None) -> dict:
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, "options": options}


def percent(part: float, whole: float) -> float | None:
	"""Percent with one decimal; None of nothing."""
	return round(100 * part / whole, 1) if whole else None
