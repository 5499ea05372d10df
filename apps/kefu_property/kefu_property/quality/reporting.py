"""What the reports of the management systems share: the projects that the reader may see, and columns."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.suite import row_rules

#: how reports print a standard's column
STANDARDS = ("ISO 9001", "ISO 14001", "ISO 45001")


def projects(filters: dict) -> list[str]:
	"""Projects of a report: those of the user, or the one chosen among them; never empty, so that it can stand in a condition."""
	user, chosen = frappe.session.user, filters.get("project")
	if row_rules.sees_all_projects(user):
		found = [chosen] if chosen else frappe.get_all("Property Project", pluck="name")
	else:
		found = [name for name in row_rules.projects_of(user) if chosen in (None, "", name)]
	return found or [""]


def need(doctype: str) -> None:
	if not frappe.has_permission(doctype, "read"):
		frappe.throw(_("You may not read this report."), frappe.PermissionError)


def column(fieldname: str, label: str, fieldtype: str = "Data", width: int = 120, options: str | None = None) -> dict:
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, "options": options}


def area_names(names: list[str]) -> dict[str, str]:
	return dict(
		frappe.get_all(
			"Audit Area", filters={"name": ["in", names or [""]]}, fields=["name", "area_name"], as_list=True
		)
	)
