"""Departments: who takes a case, and who is told about it (D3, D7)."""

from __future__ import annotations

from collections import Counter

import frappe

from kefu_property.rules import case_assignment as rules
from kefu_property.suite import row_rules

CASES = ("Complaint", "Repair Order", "Enquiry")
FINISHED = ("Resolved", "Verified", "Closed", "Cancelled", "Merged")


def parts(text: str | None) -> frozenset[str]:
	"""Entries of a field that holds several, separated by commas of either width."""
	return frozenset(part.strip() for part in (text or "").replace("，", ",").split(",") if part.strip())


def members_of(department: str) -> list[rules.Member]:
	"""People of a department who have a working account, in the order of its form."""
	doc = frappe.get_cached_doc("Service Department", department)
	users = [row.user for row in doc.members]
	enabled = (
		set(frappe.get_all("User", filters={"name": ["in", users], "enabled": 1}, pluck="name")) if users else set()
	)
	return [
		rules.Member(row.user, parts(row.buildings), parts(row.skills), bool(row.available))
		for row in doc.members
		if row.user in enabled
	]


def has_people(department: str) -> bool:
	return any(member.available for member in members_of(department))


def open_loads(users: list[str]) -> Counter:
	"""Open cases of each user, over all kinds."""
	loads: Counter = Counter()
	for doctype in CASES:
		table = frappe.qb.DocType(doctype)
		rows = (
			frappe.qb.from_(table)
			.select(table.assigned_to, frappe.query_builder.functions.Count("*"))
			.where(table.assigned_to.isin(users) & table.status.notin(FINISHED))
			.groupby(table.assigned_to)
			.run()  # lint: allow query-in-loop: one query for each of the three kinds
		)
		loads.update(dict(rows))
	return loads


def next_person(department: str, building: str | None, skill: str | None) -> str | None:
	"""The member of a department whose turn it is; None when it is assigned by hand or nobody is there."""
	doc = frappe.get_cached_doc("Service Department", department)
	members = members_of(department)
	if not members:
		return None
	code = frappe.db.get_value("Property Building", building, "building_code") if building else None
	loads = open_loads([member.user for member in members]) if doc.assignment == rules.BY_LOAD else None
	last = frappe.db.get_value("Service Department", department, "last_assigned")
	user = rules.choose(members, doc.assignment, code, skill, loads, last)
	if user and doc.assignment == rules.BY_TURNS:
		frappe.db.set_value("Service Department", department, "last_assigned", user, update_modified=False)
	return user


def department_for(project: str, category: str | None) -> str | None:
	"""Department of a project that takes a category: by the nearest name in the tree, else the one for everything."""
	names = []
	if category:
		left, right = frappe.db.get_value("Case Category", category, ["lft", "rgt"]) or (0, 0)
		names = frappe.get_all(
			"Case Category",
			filters={"lft": ["<=", left], "rgt": [">=", right], "department_name": ["is", "set"]},
			pluck="department_name",
			order_by="lft desc",
		)
	rows = frappe.get_all(
		"Service Department",
		filters={"project": project, "disabled": 0},
		fields=["name", "department_name", "is_default"],
		order_by="creation",
	)
	by_name = {row.department_name: row.name for row in rows}
	found = next((by_name[name] for name in names if name in by_name), None)
	return found or next((row.name for row in rows if row.is_default), None)


def works_for(user: str, project: str) -> bool:
	"""True for an enabled staff account that sees the project."""
	facts = frappe.db.get_value("User", user, ["enabled", "user_type"])
	if not facts or not facts[0] or facts[1] != "System User":
		return False
	return row_rules.sees_all_projects(user) or project in row_rules.projects_of(user)


def users_with_role(role: str, project: str | None) -> list[str]:
	"""Enabled staff with a role; with a project only those who are assigned to it, HQ always."""
	holder, user = frappe.qb.DocType("Has Role"), frappe.qb.DocType("User")
	found = (
		frappe.qb.from_(holder)
		.join(user)
		.on(user.name == holder.parent)
		.select(user.name)
		.distinct()
		.where((holder.role == role) & (holder.parenttype == "User") & (user.enabled == 1))
		.where(user.name.notin(["Administrator", "Guest"]))
		.run(pluck=True)
	)
	if not project or role in row_rules.UNRESTRICTED_ROLES:
		return found
	return [name for name in found if project in row_rules.projects_of(name)]
