"""The projects that a report may read: reports write their own queries, so they keep the row rule themselves."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.suite import row_rules


def projects(project: str | None = None) -> list[str] | None:
	"""Projects of the session's user, or just `project` when it is one of them; None stands for all.

	Raises PermissionError for a project that is not the user's.
	"""
	user = frappe.session.user
	if row_rules.sees_all_projects(user):
		return [project] if project else None
	allowed = row_rules.projects_of(user)
	if not project:
		return allowed
	if project not in allowed:
		frappe.throw(_("You are not assigned to project {0}.").format(project), frappe.PermissionError)
	return [project]


def condition(field, project: str | None = None):
	"""Query condition on a project column for projects()."""
	allowed = projects(project)
	if allowed is None:
		return field.isnotnull()
	return field.isin(allowed or [""])
