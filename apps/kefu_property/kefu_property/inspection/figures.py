"""What the reports of this module share: the project rule of lists, columns, percentages."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe.utils import add_months, get_first_day, getdate, today

from kefu_property.rules.money import D, round_money
from kefu_property.suite import row_rules


def in_my_projects(query, table):
	"""A report runs its own query: it applies the same project rule as the list."""
	if row_rules.sees_all_projects(frappe.session.user):
		return query
	return query.where(table.project.isin(row_rules.projects_of(frappe.session.user) or [""]))


def period(filters: frappe._dict) -> tuple:
	"""First and last day of a report; this month when nothing is chosen."""
	first = getdate(filters.from_date) if filters.from_date else get_first_day(today())
	last = getdate(filters.to_date) if filters.to_date else getdate(today())
	return first, last


def year(filters: frappe._dict) -> tuple:
	"""First and last day of a report; the last twelve months when nothing is chosen."""
	last = getdate(filters.to_date) if filters.to_date else getdate(today())
	return (getdate(filters.from_date) if filters.from_date else getdate(add_months(last, -12))), last


def percent(part: int, whole: int) -> Decimal | None:
	return round_money(D(part) * 100 / D(whole), "0.1") if whole else None


def column(label: str, fieldname: str, fieldtype: str = "Data", width: int = 120, options: str | None = None) -> dict:
	found = {"label": label, "fieldname": fieldname, "fieldtype": fieldtype, "width": width}
	return found | ({"options": options} if options else {})
