"""What the reports of meetings and receptions share: the project rule of the lists and the days."""

from __future__ import annotations

import frappe
from frappe.utils import add_days

from kefu_property.suite import row_rules


def scoped(query, table, filters: frappe._dict, moment: str):
	"""A report runs its own query: the project rule of the list, then project and days of the column `moment`."""
	user = frappe.session.user
	if not row_rules.sees_all_projects(user):
		query = query.where(table.project.isin(row_rules.projects_of(user) or [""]))
	if filters.project:
		query = query.where(table.project == filters.project)
	if filters.from_date:
		query = query.where(table[moment] >= filters.from_date)
	if filters.to_date:
		query = query.where(table[moment] < add_days(filters.to_date, 1))
	return query


def column(label: str, fieldname: str, fieldtype: str = "Data", width: int = 120, options: str | None = None) -> dict:
	"""A column; `label` is translated by the caller."""
	return {"label": label, "fieldname": fieldname, "fieldtype": fieldtype, "width": width} | (
		{"options": options} if options else {}
	)
