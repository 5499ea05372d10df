"""Sections of the page My Work that the workforce itself brings: extension point `my_work_cards`."""

from __future__ import annotations

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import add_days, format_date, getdate, now_datetime, today

from kefu_property.workforce import leave, months, rosters
from kefu_property.workforce.training import TEST_DAYS

COLOURS = {"Draft": "gray", "Pending Approval": "orange", "Approved": "green", "Cancelled": "gray", "Rejected": "red"}
LIMIT = 6


def requests(staff: frappe._dict) -> dict:
	"""The last requests, what is left of the leave, and the way to new ones."""
	lines = []
	for doctype, day, title in (
		("Leave Request", "from_date", "leave_kind"),
		("Overtime Request", "duty_date", None),
		("Duty Correction", "duty_date", None),
	):
		rows = frappe.get_all(  # lint: allow query-in-loop: three tables
			doctype,
			filters={"staff": staff.name},
			fields=[
				"name",
				"workflow_state as state",
				f"{day} as day",
				"modified",
				*([f"{title} as title"] if title else []),
			],
			order_by="modified desc",
			limit=LIMIT,
		)
		lines += [
			{
				"text": f"{_(row.title or doctype)} · {format_date(row.day)}",
				"indicator": COLOURS.get(row.state, "gray"),
				"state": _(row.state or "Draft"),
				"route": ["Form", doctype, row.name],
				"modified": str(row.modified),
			}
			for row in rows
		]
	lines.sort(key=lambda line: line.pop("modified"), reverse=True)
	year = getdate(today()).year
	facts = [
		{"label": _(row["kind"]), "text": _("{0} days left").format(f"{row['left'].normalize():f}")}
		for row in leave.balances(staff.name, year)
		if row["entitled"]
	]
	return {
		"key": "requests",
		"title": _("My Requests"),
		"order": 10,
		"facts": facts,
		"lines": lines[:LIMIT],
		"empty": _("No request yet."),
		"actions": [
			{"label": _("Ask for Leave"), "new": "Leave Request"},
			{"label": _("Overtime"), "new": "Overtime Request"},
			{"label": _("Correct Attendance"), "new": "Duty Correction"},
		],
	}


def attendance(staff: frappe._dict) -> dict:
	"""This month's sums, the next days of the roster, and the way to the check-in."""
	day = getdate(now_datetime())
	month = day.strftime("%Y-%m")
	line = next(iter(months.judge(staff.project, month, names=[staff.name])), None)
	facts = []
	if line:
		facts = [
			{"label": _("Days Present"), "text": f"{line.present.normalize():f}"},
			{"label": _("Times Late"), "text": str(line.late_count)},
			{"label": _("Days Absent"), "text": f"{line.absent.normalize():f}"},
			{"label": _("Overtime Hours"), "text": f"{line.overtime.normalize():f}"},
		]
	plan = rosters.Plan(staff.project, [staff.name], day, day + timedelta(days=4))
	lines = []
	for number in range(5):
		date = day + timedelta(days=number)
		shift = plan.shift(staff.name, date)
		lines.append(
			{
				"text": f"{format_date(date)} {_(date.strftime('%A'))}",
				"state": f"{shift.start:%H:%M}–{shift.end:%H:%M}" if shift else _("Rest Day"),
				"indicator": "blue" if shift else "gray",
			}
		)
	return {
		"key": "attendance",
		"title": _("My Attendance"),
		"order": 20,
		"facts": facts,
		"lines": lines,
		"actions": [{"label": _("Clock In"), "route": ["duty-check-in"], "primary": True}],
	}


def training(staff: frappe._dict) -> dict:
	"""Sessions to come, this year's hours, certificates."""
	session, row = frappe.qb.DocType("Training Session"), frappe.qb.DocType("Training Participant")
	rows = (
		frappe.qb.from_(session)
		.join(row)
		.on(row.parent == session.name)
		.select(session.name, session.course_name, session.starts_on, session.status, session.hours, row.attended)
		.where((row.staff == staff.name) & (session.status != "Called Off"))
		.where(session.starts_on >= f"{getdate(today()).year}-01-01")
		.orderby(session.starts_on)
		.run(as_dict=True)
	)
	hours = sum(entry.hours or 0 for entry in rows if entry.attended)
	limit = add_days(getdate(today()), -TEST_DAYS)
	coming = [entry for entry in rows if getdate(entry.starts_on) >= limit]
	certificates = frappe.get_all(
		"Training Certificate",
		filters={"staff": staff.name},
		fields=["name", "course_name", "valid_until"],
		order_by="issued_on desc",
		limit=3,
	)
	lines = [
		{
			"text": f"{entry.course_name} · {entry.starts_on:%m-%d %H:%M}",
			"state": _("Attended") if entry.attended else _(entry.status),
			"indicator": "green" if entry.attended else "blue",
			"route": ["training-room"],
		}
		for entry in coming[:LIMIT]
	]
	lines += [
		{
			"text": entry.course_name,
			"state": _("Certificate"),
			"indicator": "red" if entry.valid_until and entry.valid_until < getdate(today()) else "green",
			"route": ["Form", "Training Certificate", entry.name],
		}
		for entry in certificates
	]
	return {
		"key": "training",
		"title": _("My Training"),
		"order": 30,
		"facts": [{"label": _("Hours this Year"), "text": f"{hours:g}"}],
		"lines": lines,
		"empty": _("No training is planned for you."),
		"actions": [{"label": _("Training Room"), "route": ["training-room"]}],
	}


def papers(staff: frappe._dict) -> dict | None:
	"""Own certificates and contracts that end; nothing when there are none."""
	lines = []
	for doctype, end, title in (
		("Staff Contract", "to_date", "contract_kind"),
		("Staff Certificate", "expires_on", "certificate_name"),
	):
		rows = frappe.get_all(  # lint: allow query-in-loop: two tables
			doctype,
			filters={"staff": staff.name, "status": ["!=", "Ended"]},
			fields=["name", f"{end} as day", f"{title} as title", "status"],
			order_by=f"{end} asc",
			limit=LIMIT,
		)
		lines += [
			{
				"text": _(row.title),
				"state": format_date(row.day) if row.day else _("No End"),
				"indicator": {"Expired": "red", "Expiring": "orange"}.get(row.status, "green"),
				"route": ["Form", doctype, row.name],
			}
			for row in rows
		]
	if not lines:
		return None
	return {"key": "papers", "title": _("My Papers"), "order": 60, "facts": [], "lines": lines, "actions": []}
