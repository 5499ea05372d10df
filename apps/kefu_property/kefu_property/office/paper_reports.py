"""What the reports of papers have in common: the projects of the reader, columns."""

from __future__ import annotations

import frappe

from kefu_property.suite import row_rules


def own_projects(query, column, project: str | None = None):
	"""Keep a report's own query to the reader's projects, as lists are, and to the chosen one."""
	if not row_rules.sees_all_projects(frappe.session.user):
		query = query.where(column.isin(row_rules.projects_of(frappe.session.user) or [""]))
	return query.where(column == project) if project else query


def column(label: str, fieldname: str, width: int, fieldtype: str = "Data", options: str | None = None) -> dict:
	made = {"label": label, "fieldname": fieldname, "fieldtype": fieldtype, "width": width}
	return made | {"options": options} if options else made
