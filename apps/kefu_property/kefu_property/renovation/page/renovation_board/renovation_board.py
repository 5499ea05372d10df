"""Server side of the page Renovation Board: running works of a project, building by building (D25)."""

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.renovation import checks, permits
from kefu_property.suite import row_rules


@frappe.whitelist()
def get_projects() -> list[dict]:
	"""Projects of the user that have works: `name`, `project_name`."""
	if not frappe.has_permission("Renovation Permit"):
		_refuse()
	names = frappe.get_list("Renovation Permit", pluck="project", distinct=True, limit=0, order_by="project")
	return frappe.get_all(
		"Property Project", filters={"name": ["in", names or [""]]}, fields=["name", "project_name"], order_by="name"
	)


@frappe.whitelist()
def get_board(project: str) -> list[dict]:
	"""Buildings with works that are not settled: `building`, `title`, `works` (permit, unit, state, colour, days, patrol)."""
	if not frappe.has_permission("Renovation Permit"):
		_refuse()
	user = frappe.session.user
	if not row_rules.sees_all_projects(user) and project not in row_rules.projects_of(user):
		frappe.throw(_("You are not assigned to the project {0}.").format(project), frappe.PermissionError)
	permit, unit, building = (
		frappe.qb.DocType(name) for name in ("Renovation Permit", "Property Unit", "Property Building")
	)
	rows = (
		frappe.qb.from_(permit)
		.join(unit)
		.on(unit.name == permit.unit)
		.left_join(building)
		.on(building.name == permit.building)
		.select(
			permit.name,
			permit.unit,
			unit.unit_code,
			permit.building,
			building.building_name,
			building.building_code,
			permit.applicant_name,
			permit.contractor,
			permit.status,
			permit.end_date,
			permit.next_patrol_on,
			permit.recheck_due,
			permit.open_violations,
		)
		.where((permit.project == project) & permit.status.isin(permits.OPEN))
		.orderby(building.building_code, unit.unit_code)
		.run(as_dict=True)
	)
	board: dict[str, dict] = {}
	for row in rows:
		row.tone = checks.tone(row.status, row.end_date)
		row.expired = row.status in permits.RUNNING and getdate(row.end_date) < getdate()
		row.patrol_late = bool(row.next_patrol_on and row.status in permits.RUNNING and row.next_patrol_on < getdate())
		title = row.building_name or row.building_code or _("Other")
		board.setdefault(row.building or "", {"building": row.building, "title": title, "works": []})["works"].append(
			row
		)
	return list(board.values())


def _refuse() -> None:
	frappe.throw(_("Your role may not read {0}.").format(_("Renovation Permit")), frappe.PermissionError)
