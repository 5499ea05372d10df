"""Rules of the company in force: who acknowledges them, who has not (D13)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days, format_date, getdate, now_datetime, today

from kefu_property.office.paper_exceptions import NotAReader
from kefu_property.suite import notify, state

DOCTYPE = "Rule Acknowledgement"
NOT_YET, IN_FORCE, SUPERSEDED = "Not Yet in Force", "In Force", "Superseded"
DUE, DONE, OVER = "To Be Acknowledged", "Acknowledged", "No Longer Needed"


def put_in_force(day=None) -> int:
	"""Daily: versions whose day has come take effect; new staff get what is in force. Returns how many took effect."""
	day = getdate(day or today())
	names = frappe.get_all(
		"Rule Version",
		filters={"docstatus": 1, "force": NOT_YET, "effective_from": ["<=", day]},
		pluck="name",
		order_by="effective_from, version",
	)
	for name in names:
		start(frappe.get_doc("Rule Version", name), day)  # lint: allow query-in-loop: a rule takes effect now and then
	for name in frappe.get_all("Rule Version", filters={"docstatus": 1, "force": IN_FORCE}, pluck="name"):
		if name not in names:
			ask(frappe.get_doc("Rule Version", name), day)  # lint: allow query-in-loop: the rules of a company are few
	return len(names)


def start(version, day=None) -> None:
	"""A version takes effect; the one before is superseded and need not be acknowledged any more."""
	day = getdate(day or today())
	old = frappe.get_all(
		"Rule Version",
		filters={"rule": version.rule, "force": IN_FORCE, "name": ["!=", version.name]},
		pluck="name",
	)
	if old:
		frappe.db.set_value("Rule Version", {"name": ["in", old]}, {"force": SUPERSEDED, "superseded_on": day})
		frappe.db.set_value(DOCTYPE, {"rule_version": ["in", old], "status": DUE}, "status", OVER)
	version.db_set("force", IN_FORCE)
	frappe.db.set_value(
		"Company Rule",
		version.rule,
		{"current_version": version.name, "in_force_since": version.effective_from, "repealed": 0},
	)
	ask(version, day)


def audience(version) -> list[str]:
	"""Enabled desk users with one of the version's roles, or with any role of the suite's desk."""
	roles = [row.role for row in version.audience] or desk_roles()
	user, has_role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	return (
		frappe.qb.from_(user)
		.join(has_role)
		.on((has_role.parent == user.name) & (has_role.parenttype == "User"))
		.select(user.name)
		.distinct()
		.where((user.enabled == 1) & (user.user_type == "System User") & has_role.role.isin(roles or [""]))
		.where(user.name.notin(["Administrator", "Guest"]))
		.orderby(user.name)
		.run(pluck=True)
	)


def desk_roles() -> list[str]:
	return [
		role
		for entry in state.enabled_modules()
		for role, facts in entry.get("roles", {}).items()
		if facts.get("desk", 1)
	]


def ask(version, day=None) -> list[str]:
	"""Ask for the acknowledgement of whoever has not been asked yet. Returns those users."""
	day = getdate(day or today())
	have = set(frappe.get_all(DOCTYPE, filters={"rule_version": version.name}, pluck="user"))
	new = [user for user in audience(version) if user not in have]
	days = frappe.db.get_single_value("Paper Settings", "rule_days") or 0
	due = max(getdate(version.acknowledge_by), day) if version.acknowledge_by else add_days(day, days)
	projects = projects_of(new)
	for user in new:
		frappe.get_doc(  # lint: allow query-in-loop: one new row for each member of the staff
			{
				"doctype": DOCTYPE,
				"project": projects.get(user),
				"rule_version": version.name,
				"rule_title": version.rule_title,
				"user": user,
				"status": DUE,
				"due_on": due,
			}
		).insert(ignore_permissions=True, set_name=f"{version.name}-{user}"[:140])  # the system asks
	notify.alert(
		new,
		lambda: _("Please read and acknowledge the rule {0}.").format(version.rule_title),
		"Rule Version",
		version.name,
	)
	count(version)
	return new


def projects_of(users: list[str]) -> dict[str, str]:
	"""First project of each user, for the lists of a project's supervisors."""
	permission, project = frappe.qb.DocType("User Permission"), frappe.qb.DocType("Property Project")
	rows = (
		frappe.qb.from_(permission)
		.join(project)
		.on(project.name == permission.for_value)
		.select(permission.user, project.name)
		.where((permission.allow == "Property Project") & permission.user.isin(users or [""]))
		.orderby(permission.creation, order=frappe.qb.desc)
		.run()
	)
	return dict(rows)


def count(version) -> None:
	table = frappe.qb.DocType(DOCTYPE)
	states = frappe.qb.from_(table).select(table.status).where(table.rule_version == version.name).run(pluck=True)
	version.db_set({"acknowledged": states.count(DONE), "to_acknowledge": len(states)}, update_modified=False)


def acknowledge(version, answers: list[int]) -> list[int]:
	"""The present user acknowledges a version; with a quiz, all answers (numbers of lines, from 1) have to be right.

	Returns the numbers of the questions answered wrongly: then the attempt is counted and the rule waits on. Raises NotAReader for whom it
	does not concern.
	"""
	row = frappe.db.get_value(
		DOCTYPE,
		{"rule_version": version.name, "user": frappe.session.user},
		["name", "status", "attempts"],
		as_dict=True,
	)
	if not row:
		frappe.throw(_("This rule does not wait for your acknowledgement."), NotAReader)
	if row.status != DUE:
		return []
	wrong = [
		number
		for number, question in enumerate(version.quiz, 1)
		if number > len(answers) or answers[number - 1] != question.right_answer
	]
	values = {"attempts": row.attempts + 1}
	if not wrong:
		values |= {"status": DONE, "acknowledged_on": now_datetime()}
	frappe.db.set_value(DOCTYPE, row.name, values)
	count(version)
	return wrong


def remind(day=None) -> int:
	"""Daily: remind staff whose day to acknowledge has come, again after the days of the settings. Returns the number told."""
	day = getdate(day or today())
	interval = frappe.db.get_single_value("Paper Settings", "reminder_days") or 1
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.user, table.rule_version, table.rule_title, table.due_on, table.reminders)
		.where((table.status == DUE) & (table.due_on <= day))
		.where(table.reminded_on.isnull() | (table.reminded_on <= add_days(day, -interval)))
		.run(as_dict=True)
	)
	for row in rows:
		notify.alert(
			[row.user],
			lambda row=row: _("Not acknowledged yet, due {0}: {1}").format(format_date(row.due_on), row.rule_title),
			"Rule Version",
			row.rule_version,
		)
		frappe.db.set_value(  # lint: allow query-in-loop: one write per reminder
			DOCTYPE, row.name, {"reminders": row.reminders + 1, "reminded_on": day}, update_modified=False
		)
	return len(rows)
