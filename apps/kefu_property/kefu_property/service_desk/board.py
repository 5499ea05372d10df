"""The wall board of the front desk: what is open, what is late, who is calling, on a big screen (D3, D7).

Everybody in the room reads it: it shows homes and matters, never names or phone numbers.
"""

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, now_datetime, today

from kefu_property.rules import case_figures
from kefu_property.rules import hotline as rules
from kefu_property.service_desk import statistics
from kefu_property.service_desk.case import OPEN
from kefu_property.service_desk.departments import CASES
from kefu_property.suite import row_rules

ROWS = 14
SHOWN = ("name", "subject", "unit", "place", "status", "severity", "deadline_state", "next_due", "assigned_to")


def projects_shown(project: str | None) -> list[str]:
	"""Projects of the session's user, or the one that was asked for when it is one of them."""
	user = frappe.session.user
	own = (
		frappe.get_all("Property Project", pluck="name", order_by="name")
		if row_rules.sees_all_projects(user)
		else sorted(row_rules.projects_of(user))
	)
	return [name for name in own if not project or name == project]


@frappe.whitelist()
def get_board(project: str | None = None) -> dict:
	"""Everything on the board: `projects`, `counts` (list of `key`, `label`, `value`, `tone`), `cases`, `hours`, `people`, `at`."""
	if not frappe.has_permission("Complaint"):
		frappe.throw(_("You may not read the cases of the service desk."), frappe.PermissionError)
	chosen = projects_shown(project)
	cases = open_cases(chosen)
	calls = calls_of_today(chosen)
	return {
		"at": str(now_datetime()),
		"projects": [
			{"value": row.name, "label": row.project_name}
			for row in frappe.get_all(
				"Property Project",
				filters={"name": ["in", projects_shown(None) or [""]]},
				fields=["name", "project_name"],
				order_by="name",
			)
		],
		"counts": counts(cases, calls, chosen),
		"cases": [
			{
				**{key: row[key] for key in ("name", "subject", "unit", "severity", "deadline_state")},
				"place": _(row.place) if row.place else "",
				"status": _(row.status),
				"next_due": str(row.next_due) if row.next_due else None,
				"person": frappe.utils.get_fullname(row.assigned_to) if row.assigned_to else _("Nobody"),
			}
			for row in sorted(cases, key=urgency)[:ROWS]
		],
		"hours": calls_by_hour(calls),
		"people": people(cases),
	}


def open_cases(projects: list[str]) -> list[dict]:
	rows = []
	for kind in CASES:
		found = frappe.get_all(  # lint: allow query-in-loop: one query for each of the three kinds
			kind,
			filters={"project": ["in", projects or [""]], "status": ["in", OPEN]},
			fields=[*SHOWN, *(["is_major"] if kind == "Complaint" else [])],
		)
		for row in found:
			row.kind = kind
		rows += found
	return rows


def urgency(row: dict) -> tuple:
	"""Late ones first, then by deadline; what waits for the owner comes last."""
	return (
		("Overdue", "Due Soon", "On Time", "Waiting").index(row.deadline_state or "On Time"),
		row.severity != "Urgent",
		get_datetime(row.next_due) if row.next_due else get_datetime("2999-01-01"),
	)


def calls_of_today(projects: list[str]) -> list[dict]:
	return frappe.get_all(
		"Call Record",
		filters={"project": ["in", projects or [""]], "direction": "Incoming", "started_on": [">=", today()]},
		fields=["name", "phone", "started_on", "status", "solved_in_call", "wait_seconds", "talk_seconds"],
	)


def counts(cases: list[dict], calls: list[dict], projects: list[str]) -> list[dict]:
	day = statistics.cases(frappe._dict(from_date=today(), to_date=today()))
	waits = [
		case_figures.minutes(row.received_on, row.first_answered_on)
		for row in day
		if row.project in projects and row.first_answered_on
	]
	waiting_calls = frappe.db.count("Call Record", {"project": ["in", projects or [""]], "callback_state": "Due"})
	figures = rules.figures(calls, set())
	late = sum(1 for row in cases if row.deadline_state == "Overdue")
	median = case_figures.percentile(waits, 50)

	def count(key: str, label: str, value, bad: bool = False) -> dict:
		return {"key": key, "label": label, "value": value, "tone": "bad" if bad else ""}

	return [
		*(count(kind, _(kind), sum(1 for row in cases if row.kind == kind)) for kind in CASES),
		count("overdue", _("Overdue"), late, late > 0),
		count(
			"major", _("Major"), sum(1 for row in cases if row.get("is_major")), any(r.get("is_major") for r in cases)
		),
		count("today", _("Received Today"), sum(1 for row in day if row.project in projects)),
		count("done", _("Resolved Today"), resolved_today(projects)),
		count("first", _("First Answer, Median (minutes)"), "–" if median is None else round(median)),
		count("calls", _("Calls Today"), figures["calls"]),
		count("answered", _("Answered Share"), f"{figures['answered_share']:.0f} %" if figures["calls"] else "–"),
		count("missed", _("Call Back Due"), waiting_calls, waiting_calls > 0),
	]


def resolved_today(projects: list[str]) -> int:
	where = {"project": ["in", projects or [""]], "resolved_on": [">=", getdate()]}
	return sum(frappe.db.count(kind, where) for kind in CASES)  # lint: allow query-in-loop: three kinds


def calls_by_hour(calls: list[dict]) -> list[dict]:
	"""Rows `hour`, `answered`, `missed` of the hours from the first call to the last."""
	hours = [row.started_on.hour for row in calls]
	return [
		{
			"hour": hour,
			"answered": sum(1 for row in calls if row.started_on.hour == hour and row.status == rules.ANSWERED),
			"missed": sum(1 for row in calls if row.started_on.hour == hour and row.status == rules.MISSED),
		}
		for hour in (range(min(hours), max(hours) + 1) if hours else ())
	]


def people(cases: list[dict]) -> list[dict]:
	"""Open and late cases of whoever has most of them: rows `name`, `open`, `late`."""
	return [
		{
			"name": frappe.utils.get_fullname(user) if user else _("Nobody"),
			"open": len(found),
			"late": sum(1 for row in found if row.deadline_state == "Overdue"),
		}
		for user, found in statistics.grouped(cases, lambda row: row.assigned_to)[:8]
	]
