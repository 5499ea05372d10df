"""The wall board of the front desk: what is open, what is late, who is calling, on a big screen (D3, D7).

Everybody in the room reads it: it shows homes and matters, never names or phone numbers.
"""

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Sum
from frappe.utils import getdate, now_datetime, today
from pypika.terms import Case

from kefu_property.rules import case_figures
from kefu_property.rules import hotline as rules
from kefu_property.service_desk import statistics
from kefu_property.service_desk.case import OPEN
from kefu_property.service_desk.departments import CASES
from kefu_property.suite import row_rules

ROWS = 14
SHOWN = ("name", "subject", "unit", "place", "status", "severity", "deadline_state", "next_due", "assigned_to")
LAST = "2999-01-01"  # a case without a deadline stands behind the others


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
	open_ = open_counts(chosen)
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
		"counts": counts(open_, calls, chosen),
		"cases": [
			{
				**{key: row[key] for key in ("name", "subject", "unit", "severity", "deadline_state")},
				"place": _(row.place) if row.place else "",
				"status": _(row.status),
				"next_due": str(row.next_due) if row.next_due else None,
				"person": frappe.utils.get_fullname(row.assigned_to) if row.assigned_to else _("Nobody"),
			}
			for row in most_urgent(chosen)
		],
		"hours": calls_by_hour(calls),
		"people": people(open_),
	}


def open_counts(projects: list[str]) -> list[dict]:
	"""How many cases are open: rows `kind`, `assigned_to`, `open`, `late`."""
	rows = []
	for kind in CASES:
		table = frappe.qb.DocType(kind)
		late = Case().when(table.deadline_state == "Overdue", 1).else_(0)
		found = (
			frappe.qb.from_(table)
			.select(table.assigned_to, Count("*").as_("open"), Sum(late).as_("late"))
			.where(table.project.isin(projects or [""]) & table.status.isin(OPEN))
			.groupby(table.assigned_to)
			.run(as_dict=True)  # lint: allow query-in-loop: one query for each of the three kinds
		)
		rows += [row | {"kind": kind, "late": int(row.late)} for row in found]
	return rows


def most_urgent(projects: list[str]) -> list[dict]:
	"""The open cases at the top of the board: late ones, then by deadline; what waits for the owner comes last."""
	found = []
	for kind in CASES:
		table = frappe.qb.DocType(kind)
		lateness = Case()
		for rank, state in enumerate(("Overdue", "Due Soon", "On Time", "Waiting")):
			lateness = lateness.when(table.deadline_state == state, rank)
		order = (
			lateness.else_(2),
			Case().when(table.severity == "Urgent", 0).else_(1),
			Case().when(table.next_due.isnull(), LAST).else_(table.next_due),
		)
		query = frappe.qb.from_(table).select(*order, table.name)  # all of it from one index
		query = query.where(table.project.isin(projects or [""]) & table.status.isin(OPEN))
		top = query.orderby(*order).limit(ROWS).run()  # lint: allow query-in-loop: one for each of the three kinds
		found += [((rank, normal, str(due)), name, kind) for rank, normal, due, name in top]
	found.sort()
	rows = {}
	for kind in CASES:
		names = [name for _order, name, of_kind in found[:ROWS] if of_kind == kind]
		# lint: allow query-in-loop: as above
		for row in frappe.get_all(kind, filters={"name": ["in", names or [""]]}, fields=SHOWN):
			rows[kind, row.name] = row
	return [rows[kind, name] for _order, name, kind in found[:ROWS]]


def calls_of_today(projects: list[str]) -> list[dict]:
	return frappe.get_all(
		"Call Record",
		filters={"project": ["in", projects or [""]], "direction": "Incoming", "started_on": [">=", today()]},
		fields=["name", "phone", "started_on", "status", "solved_in_call", "wait_seconds", "talk_seconds"],
	)


def counts(open_: list[dict], calls: list[dict], projects: list[str]) -> list[dict]:
	day = statistics.cases(frappe._dict(from_date=today(), to_date=today()))
	waits = [
		case_figures.minutes(row.received_on, row.first_answered_on)
		for row in day
		if row.project in projects and row.first_answered_on
	]
	waiting_calls = frappe.db.count("Call Record", {"project": ["in", projects or [""]], "callback_state": "Due"})
	figures = rules.figures(calls, set())
	late = sum(row["late"] for row in open_)
	major = frappe.db.count("Complaint", {"project": ["in", projects or [""]], "status": ["in", OPEN], "is_major": 1})
	median = case_figures.percentile(waits, 50)

	def count(key: str, label: str, value, bad: bool = False) -> dict:
		return {"key": key, "label": label, "value": value, "tone": "bad" if bad else ""}

	return [
		*(count(kind, _(kind), sum(row["open"] for row in open_ if row["kind"] == kind)) for kind in CASES),
		count("overdue", _("Overdue"), late, late > 0),
		count("major", _("Major"), major, major > 0),
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


def people(open_: list[dict]) -> list[dict]:
	"""Open and late cases of whoever has most of them: rows `name`, `open`, `late`."""
	groups = statistics.grouped(open_, lambda row: row["assigned_to"])
	totals = [(user, sum(row["open"] for row in rows), sum(row["late"] for row in rows)) for user, rows in groups]
	totals.sort(key=lambda total: (-total[1], total[0]))
	return [
		{"name": frappe.utils.get_fullname(user) if user else _("Nobody"), "open": count, "late": late}
		for user, count, late in totals[:8]
	]
