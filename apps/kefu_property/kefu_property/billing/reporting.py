"""What the reports of billing share: the projects that the reader may see, and columns."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _

from kefu_property.suite import row_rules


def projects(filters: dict) -> list[str]:
	"""Projects of a report: those of the user, or the one chosen among them. An empty list means that nothing is shown."""
	user, chosen = frappe.session.user, filters.get("project")
	if row_rules.sees_all_projects(user):
		return [chosen] if chosen else frappe.get_all("Property Project", pluck="name")
	allowed = row_rules.projects_of(user)
	return [name for name in allowed if chosen in (None, "", name)]


def need(doctype: str) -> None:
	if not frappe.has_permission(doctype, "read"):
		frappe.throw(_("You may not read this report."), frappe.PermissionError)


def column(fieldname: str, label: str, fieldtype: str = "Data", width: int = 120, options: str | None = None) -> dict:
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, "options": options}


def percent(part: Decimal, whole: Decimal) -> float:
	"""Percent with one decimal, for display; 0 of nothing."""
	return float(round(100 * part / whole, 1)) if whole else 0.0  # lint: allow money-float: a percentage for display
