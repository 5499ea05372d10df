"""Rows that a report may show: the same rules as the lists have (DESIGN invariant 5)."""

from __future__ import annotations

import frappe

from kefu_property.suite import row_rules
from kefu_property.workforce import people


def projects(filters: frappe._dict) -> list[str] | None:
	"""Projects of the user and of the filter `project`; None for all."""
	user = frappe.session.user
	mine = None if row_rules.sees_all_projects(user) else row_rules.projects_of(user)
	if not filters.project:
		return mine
	return [filters.project] if mine is None or filters.project in mine else []


def limit(query, table, filters: frappe._dict, column: str = "staff"):
	"""Keep a query to the projects and the people whose rows the user may see."""
	allowed, names = projects(filters), people.visible(frappe.session.user)
	if allowed is not None:
		query = query.where(table.project.isin(allowed or [""]))
	if names is not None:
		query = query.where(table[column].isin(names or [""]))
	return query
