"""Scheduled work of duty, plans, cooperation, honours and the operations board."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_datetime, get_datetime, getdate, now_datetime, today

from kefu_property.office import goals, operations
from kefu_property.rules import duty_rules, plan_rules
from kefu_property.suite.notify import alert, staff_with_role


def remind_late_handovers(now=None) -> int:
	"""Every ten minutes: tell of sheets that are not handed over or not taken over in time. Returns the number of sheets told of.

	First the one on duty and the supervisors of the project, later the director; each level once per sheet.
	"""
	now = get_datetime(now) if now else now_datetime()
	settings = frappe.get_cached_doc("Duty Settings")
	rows = frappe.get_all(
		"Shift Handover",
		filters=[["docstatus", "=", 0], ["due_on", "is", "set"], ["due_on", "<", now], ["late_level", "<", 2]],
		fields=["name", "project", "post", "due_on", "on_duty", "next_staff", "late_level"],
	)
	staff: dict[tuple[str, str], list[str]] = {}
	told = 0
	for row in rows:
		level = duty_rules.late_level(row.due_on, now, settings.late_minutes or 0, settings.director_minutes or 0)
		if level <= row.late_level:
			continue
		for step in range(row.late_level + 1, level + 1):
			key = ({1: "CS Supervisor", 2: "Office Director"}[step], row.project)
			if key not in staff:
				staff[key] = staff_with_role(*key)
			alert(
				[*staff[key], *([row.on_duty, row.next_staff] if step == 1 else [])],
				lambda row=row: _("The handover of {0} was due at {1} and is not done.").format(
					row.post, format_datetime(row.due_on)
				),
				"Shift Handover",
				row.name,
			)
		frappe.db.set_value(  # lint: allow query-in-loop: one write per reminder
			"Shift Handover", row.name, "late_level", level, update_modified=False
		)
		told += 1
	return told


def measure_goals(on=None) -> int:
	"""Daily: measure the goals in force of all projects and roll them up (S1). Returns the number of goals that changed."""
	projects = frappe.get_all("Work Goal", filters={"workflow_state": goals.IN_FORCE}, pluck="project", distinct=True)
	return sum(goals.refresh(project, on) for project in projects)


def prepare_summaries(on=None) -> int:
	"""Friday noon: a draft of the week's summary for everybody who has goals this week. Returns how many were made."""
	start, end = plan_rules.period_of("Week", getdate(on or today()))
	people = frappe.get_all(
		"Work Goal",
		filters={"workflow_state": goals.IN_FORCE, "starts_on": ["<=", end], "ends_on": [">=", start]},
		fields=["project", "responsible"],
		distinct=True,
	)
	week = {"period_kind": "Week", "starts_on": start}
	have = set(frappe.get_all("Work Summary", filters=week, fields=["project", "staff"], as_list=True))
	made = 0
	for row in people:
		if (row.project, row.responsible) in have:
			continue
		# lint: allow query-in-loop: a new document for each person, once a week
		doc = frappe.get_doc({"doctype": "Work Summary", "project": row.project, "staff": row.responsible, **week})
		doc.insert(ignore_permissions=True)  # the scheduler prepares it for them
		alert(
			[row.responsible],
			lambda: _("Your summary of the week is prepared. Complete it and send it to your superior."),
			"Work Summary",
			doc.name,
		)
		made += 1
	return made


def escalate_cooperation(on=None) -> int:
	"""Daily: requests without an answer at their due date, told once to both sides, three days later to the director (R3).

	Returns the number of requests told of.
	"""
	on = getdate(on or today())
	rows = frappe.get_all(
		"Cooperation Request",
		filters={"workflow_state": "Sent", "due_on": ["<", on], "escalation": ["<", 2]},
		fields=["name", "project", "subject", "due_on", "to_staff", "requester", "escalation"],
	)
	told = 0
	for row in rows:
		level = 2 if (on - row.due_on).days > 3 else 1
		if level <= row.escalation:
			continue
		users = [row.to_staff, row.requester] if row.escalation == 0 else []
		if level == 2:
			users += staff_with_role("Office Director", row.project)
		alert(
			users,
			lambda row=row: _("No answer since {0} to the request: {1}").format(
				frappe.utils.format_date(row.due_on), row.subject
			),
			"Cooperation Request",
			row.name,
		)
		# lint: allow query-in-loop: one write per reminder
		frappe.db.set_value("Cooperation Request", row.name, "escalation", level, update_modified=False)
		told += 1
	return told


def remind_honours(on=None) -> int:
	"""Daily: certificates that expire within 60 days, told once (D22). Returns how many."""
	on = getdate(on or today())
	rows = frappe.get_all(
		"Honour Record",
		filters={
			"valid_until": ["between", [on, frappe.utils.add_days(on, 60)]],
			"reminded_on": ["is", "not set"],
		},
		fields=["name", "project", "title", "valid_until"],
	)
	for row in rows:
		alert(
			[*staff_with_role("Office Clerk", row.project), *staff_with_role("CS Supervisor", row.project)],
			lambda row=row: _("{0} is valid until {1}. Prepare its renewal.").format(
				row.title, frappe.utils.format_date(row.valid_until)
			),
			"Honour Record",
			row.name,
		)
		# lint: allow query-in-loop: one write per reminder
		frappe.db.set_value("Honour Record", row.name, "reminded_on", on, update_modified=False)
	return len(rows)


def report_operations(on=None) -> int:
	"""Daily: the operations report of each project with a director, and a message to them. Returns the number of reports.

	The texts are written in the site's language, which is the language of the paper.
	"""
	before = frappe.local.lang
	frappe.local.lang = frappe.db.get_default("lang") or "zh"
	try:
		projects = [name for name in frappe.get_all("Property Project", pluck="name") if operations.has_director(name)]
		for project in projects:
			operations.tell_director(operations.write_report(project, on))
	finally:
		frappe.local.lang = before
	return len(projects)
