"""The project rule outside of lists: reports, pages and searches; and what the reports share."""

from collections.abc import Iterable

import frappe
from frappe import _

from kefu_property.suite import row_rules


def check_projects(projects: Iterable[str]) -> None:
	"""Raise PermissionError unless the user works for all of these projects."""
	user = frappe.session.user
	other = (
		None
		if row_rules.sees_all_projects(user)
		else next(iter(set(projects) - set(row_rules.projects_of(user))), None)
	)
	if other:
		frappe.throw(_("You are not assigned to the project {0}.").format(other), frappe.PermissionError)


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def search_staff(doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict) -> list[tuple]:
	"""Search of a Link to Staff Member for the dormitory: number and name of those who work in a project, nothing more.

	Wardens see no staff files; with `residents` just those who stay in the dormitory are found.
	"""
	if not frappe.has_permission("Dormitory Visitor", "create"):
		return []
	project = filters.get("project")
	check_projects({project})
	staff, stay = frappe.qb.DocType("Staff Member"), frappe.qb.DocType("Dormitory Stay")
	query = (
		frappe.qb.from_(staff)
		.select(staff.name, staff.staff_name)
		.where(staff.project == project)
		.where(~staff.status.isin(["Departed", "Suspended"]))
		.where(staff.name.like(f"%{txt}%") | staff.staff_name.like(f"%{txt}%"))
		.orderby(staff.staff_no)
		.limit(page_len)
		.offset(start)
	)
	if filters.get("residents"):
		query = query.where(staff.name.isin(frappe.qb.from_(stay).select(stay.staff).where(stay.status == "Staying")))
	return query.run()


def scoped(query, table, filters: frappe._dict):
	"""A report runs its own query: it applies the same project rule as the list, then the filters of project and building."""
	user = frappe.session.user
	if not row_rules.sees_all_projects(user):
		query = query.where(table.project.isin(row_rules.projects_of(user) or [""]))
	for fieldname in ("project", "building"):
		if filters.get(fieldname):
			query = query.where(table[fieldname] == filters[fieldname])
	return query


def column(label: str, fieldname: str, fieldtype: str = "Data", width: int = 110, options: str | None = None) -> dict:
	"""A column; `label` is translated by the caller."""
	return {"label": label, "fieldname": fieldname, "fieldtype": fieldtype, "width": width} | (
		{"options": options} if options else {}
	)


def building_column() -> dict:
	return column(_("Dormitory Building"), "building", "Link", 150, "Dormitory Building")
