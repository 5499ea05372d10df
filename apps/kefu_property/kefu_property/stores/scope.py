"""Projects that a report may show: the same rule as the lists have (DESIGN invariant 5)."""

from __future__ import annotations

import frappe

from kefu_property.suite import row_rules


def projects() -> list[str] | None:
	"""Names of the user's projects, None for all."""
	user = frappe.session.user
	return None if row_rules.sees_all_projects(user) else row_rules.projects_of(user)


def limit(query, table, filters: frappe._dict):
	"""Keep a query to the user's projects and to the report's filter `project`."""
	mine = projects()
	if mine is not None:
		query = query.where(table.project.isin(mine or [""]))
	if filters.project:
		query = query.where(table.project == filters.project)
	return query
