"""Personnel actions take effect: the staff file, the login, the projects that the login sees (D29)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, today

from kefu_property.workforce import people

#: action → (statuses from which it is possible, status afterwards; None keeps it)
STEPS = {
	"Hire": ((people.JOINING,), None),
	"Confirmation": ((people.PROBATION,), people.ACTIVE),
	"Post Transfer": ((people.PROBATION, people.ACTIVE), None),
	"Promotion": ((people.PROBATION, people.ACTIVE), None),
	"Suspension": ((people.PROBATION, people.ACTIVE), people.SUSPENDED),
	"Return to Work": ((people.SUSPENDED,), people.ACTIVE),
	"Departure": ((people.PROBATION, people.ACTIVE, people.SUSPENDED), people.LEFT),
}
PLACES = ("department", "post", "rank", "manager")
#: rows about a person that go along to another project
MOVING = ("Staff Contract", "Staff Certificate", "Leave Entitlement")


def apply(action) -> None:
	"""Write an approved action into the staff file. The caller has checked that its day has come."""
	people.lock(action.staff)
	file = frappe.get_doc("Staff Member", action.staff)
	old_project = file.project
	for field in PLACES:
		if action.get(f"to_{field}"):
			file.set(field, action.get(f"to_{field}"))
	if action.action_kind == "Hire":
		file.status = people.PROBATION if action.probation_until else people.ACTIVE
		file.date_of_joining = action.effective_on
	elif STEPS[action.action_kind][1]:
		file.status = STEPS[action.action_kind][1]
	if action.action_kind == "Departure":
		file.leaving_date = action.effective_on
	if action.to_project and action.to_project != old_project:
		file.project = action.to_project
		if not action.to_department:
			file.department = None
	file.flags.by_action = True
	file.save(ignore_permissions=True)  # an approved action; its preparer need not see the other project
	if file.project != old_project:
		_move(file, old_project)
	if file.status == people.LEFT:
		_leave(file)
	action.db_set({"applied": 1, "applied_on": now_datetime()})


def apply_due(day=None) -> int:
	"""Daily: actions whose day has come. A leaving waits for its checklist. Returns the number applied."""
	names = frappe.get_all(
		"Personnel Action",
		filters={
			"docstatus": 1,
			"applied": 0,
			"action_kind": ["!=", "Departure"],
			"effective_on": ["<=", getdate(day or today())],
		},
		pluck="name",
		order_by="effective_on, creation",
	)
	for name in names:
		apply(frappe.get_doc("Personnel Action", name))  # lint: allow query-in-loop: a handful of actions a day
	return len(names)


def make_checklist(action) -> str | None:
	"""The checklist of somebody who comes or goes."""
	kind = {"Hire": "Onboarding", "Departure": "Departure"}.get(action.action_kind)
	if not kind or frappe.db.exists("Staff Checklist", {"personnel_action": action.name}):
		return None
	return (
		frappe.get_doc(
			{
				"doctype": "Staff Checklist",
				"project": action.project,
				"staff": action.staff,
				"kind": kind,
				"due_on": action.effective_on,
				"personnel_action": action.name,
			}
		)
		.insert(ignore_permissions=True)  # follows from the approval
		.name
	)


def _move(file, old_project: str) -> None:
	for doctype in MOVING:
		table = frappe.qb.DocType(doctype)
		frappe.qb.update(table).set(table.project, file.project).where(  # lint: allow query-in-loop: three tables
			table.staff == file.name
		).run()
	if not file.user:
		return
	for name in frappe.get_all(
		"User Permission",
		filters={"user": file.user, "allow": "Property Project", "for_value": old_project},
		pluck="name",
	):
		frappe.delete_doc("User Permission", name, ignore_permissions=True)  # the login follows the person
	if not frappe.db.exists(
		"User Permission", {"user": file.user, "allow": "Property Project", "for_value": file.project}
	):
		frappe.get_doc(
			{
				"doctype": "User Permission",
				"user": file.user,
				"allow": "Property Project",
				"for_value": file.project,
				"apply_to_all_doctypes": 1,
			}
		).insert(ignore_permissions=True)  # the login follows the person


def _leave(file) -> None:
	"""The login is closed, contracts end; reports have to get another manager before (leaving check)."""
	contracts = frappe.qb.DocType("Staff Contract")
	(
		frappe.qb.update(contracts)
		.set(contracts.ended_on, file.leaving_date)
		.set(contracts.status, "Ended")
		.where((contracts.staff == file.name) & (contracts.status == "In Force"))
		.run()
	)
	if file.user and frappe.db.get_value("User", file.user, "enabled"):
		frappe.db.set_value("User", file.user, "enabled", 0)
		frappe.clear_cache(user=file.user)
		from frappe.sessions import clear_sessions

		clear_sessions(user=file.user, force=True)


def leaving_check(staff) -> list[dict]:
	"""Extension point `leaving_checks`: people who report to the one who leaves, and requests that wait for a decision."""
	people_below = frappe.get_all(
		"Staff Member", filters={"manager": staff.name, "status": ["!=", people.LEFT]}, pluck="staff_name"
	)
	waiting = [
		name
		for doctype in ("Leave Request", "Overtime Request", "Duty Correction")
		for name in frappe.get_all(  # lint: allow query-in-loop: three tables
			doctype, filters={"staff": staff.name, "docstatus": 0}, pluck="name"
		)
	]
	return [
		{
			"check": "workforce.reports",
			"label": _("People to Manage"),
			"status": "blocked" if people_below else "ok",
			"detail": _("Give these people another manager: {0}").format(_(", ").join(people_below))
			if people_below
			else _("Nobody reports to this person."),
		},
		{
			"check": "workforce.requests",
			"label": _("Open Requests"),
			"status": "blocked" if waiting else "ok",
			"detail": _("Decide or delete first: {0}").format(_(", ").join(waiting))
			if waiting
			else _("No request waits for a decision."),
		},
	]
