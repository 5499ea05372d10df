"""Server side of the page Operations Board."""

# No postponed annotations here: the framework converts what the page sends by them
import frappe
from frappe import _

from kefu_property.office import operations

VIEWERS = ("CS Supervisor", "Office Director", "HQ Quality Auditor", "Kefu Administrator", "System Manager")


@frappe.whitelist()
def get_board(project: str | None = None) -> dict:
	"""Figures of one project, or of all that the user looks after: `projects`, `shown`, `sections`, `stamp`."""
	frappe.only_for(VIEWERS)
	projects = operations.projects_of(frappe.session.user)
	names = [row.name for row in projects]
	if project and project not in names:
		frappe.throw(_("You are not assigned to the project {0}.").format(project), frappe.PermissionError)
	shown = [project] if project else names
	return {
		"projects": projects,
		"shown": shown,
		"sections": operations.sections(shown),
		"stamp": frappe.utils.now_datetime(),
	}


@frappe.whitelist(methods=["POST"])
def make_report(project: str) -> str:
	"""The day's report of a project, made anew. Returns its name."""
	frappe.only_for(VIEWERS)
	if project not in [row.name for row in operations.projects_of(frappe.session.user)]:
		frappe.throw(_("You are not assigned to the project {0}.").format(project), frappe.PermissionError)
	return operations.write_report(project)
