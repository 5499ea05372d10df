"""Server side of the page Data Quality: what is late, missing or left open, by person and module (D8)."""

# No postponed annotations here: the framework converts what the page sends by them
import frappe
from frappe import _

from kefu_property.office import operations
from kefu_property.suite import data_quality, state

SUPERIORS = {"CS Supervisor", "Office Director", "HQ Quality Auditor", "Kefu Administrator", "System Manager"}


@frappe.whitelist()
def get_board(project: str | None = None) -> dict:
	"""Modules, people and rows. Superiors see all people of their projects, others their own rows.

	`modules`: key → title; `people`: user → name; `checks`: `module`, `key`, `label`, `rows`.
	"""
	user = frappe.session.user
	if not frappe.has_permission("Work Goal"):
		frappe.throw(_("This page is for staff."), frappe.PermissionError)
	projects = operations.projects_of(user)
	names = [row.name for row in projects]
	if project and project not in names:
		frappe.throw(_("You are not assigned to the project {0}.").format(project), frappe.PermissionError)
	checks = data_quality.checks([project] if project else names) if names else []
	everybody = user == "Administrator" or bool(SUPERIORS & set(frappe.get_roles(user)))
	if not everybody:
		for check in checks:
			check["rows"] = [row for row in check["rows"] if row["user"] == user]
		checks = [check for check in checks if check["rows"]]
	people = {row["user"] for check in checks for row in check["rows"]}
	modules = state.all_modules()
	return {
		"projects": projects,
		"everybody": everybody,
		"modules": {key: _(modules[key]["name"]) for key in dict.fromkeys(check["module"] for check in checks)},
		"people": dict(
			frappe.get_all(
				"User", filters={"name": ["in", list(people) or [""]]}, fields=["name", "full_name"], as_list=True
			)
		),
		"checks": checks,
	}
