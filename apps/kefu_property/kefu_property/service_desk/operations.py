"""Cases on the director's operations board (D3, L13)."""

from __future__ import annotations

from collections import Counter

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import add_days, format_datetime, now_datetime

from kefu_property.rules import case_figures as rules
from kefu_property.service_desk import statistics
from kefu_property.service_desk.case import OPEN
from kefu_property.service_desk.departments import CASES


def board(projects: list[str], day) -> list[dict]:
	"""Extension point `operations_board`: deadlines kept in the last 30 days, cases of the day, open and overdue ones; incidents."""
	cases = [
		row
		for row in statistics.cases(frappe._dict(from_date=add_days(day, -29), to_date=day))
		if row.project in projects
	]
	now = now_datetime()
	today = Counter(row.project for row in cases if row.received_on.date() == day)
	still_open, overdue = _open(projects)
	deadlines = {"report": "Deadline Attainment", "options": {"from_date": str(add_days(day, -29))}}
	return [
		{
			"key": "service",
			"title": _("Service"),
			"order": 20,
			"figures": [
				{
					"key": "answered_in_time",
					"label": _("First Answer in Time, 30 Days"),
					"unit": "%",
					"values": {
						name: _kept(
							[row for row in cases if row.project == name], "first_answer_due", "first_answered_on", now
						)
						for name in projects
					},
					"total": _kept(cases, "first_answer_due", "first_answered_on", now),
					"good": 95,
					"warn": 85,
					**deadlines,
				},
				{
					"key": "closed_in_time",
					"label": _("Closed in Time, 30 Days"),
					"unit": "%",
					"values": {
						name: _kept([row for row in cases if row.project == name], "close_due", "resolved_on", now)
						for name in projects
					},
					"total": _kept(cases, "close_due", "resolved_on", now),
					"good": 95,
					"warn": 85,
					**deadlines,
				},
				_count("cases_today", _("Cases Today"), projects, today, {"report": "Case Statistics", "options": {}}),
				_count("cases_open", _("Open Cases"), projects, still_open, {"page": "service-board"}),
				_count("cases_overdue", _("Overdue Cases"), projects, overdue, {"page": "service-board"})
				| {"good": 0, "warn": 3, "better": "Lower"},
			],
			"events": [
				{
					"project": row.project,
					"title": row.title,
					"text": _("Incident since {0}").format(format_datetime(row.started_on)),
					"tone": "red",
					"route": ["Form", "Service Incident", row.name],
				}
				for row in frappe.get_all(
					"Service Incident",
					filters={"project": ["in", projects], "status": "Open"},
					fields=["name", "project", "title", "started_on"],
				)
			],
		}
	]


def _kept(cases: list[dict], due: str, done: str, now) -> float | None:
	kept, counted = rules.attainment(((row[due], row[done]) for row in cases), now)
	return rules.share(kept, counted) if counted else None


def _count(key: str, label: str, projects: list[str], counts: Counter, target: dict) -> dict:
	values = {name: counts[name] for name in projects}
	return {"key": key, "label": label, "unit": "", "values": values, "total": sum(values.values()), **target}


def _open(projects: list[str]) -> tuple[Counter, Counter]:
	still_open, overdue = Counter(), Counter()
	for kind in CASES:
		case = frappe.qb.DocType(kind)
		rows = (
			frappe.qb.from_(case)
			.select(case.project, case.deadline_state, Count("*"))
			.where(case.project.isin(projects) & case.status.isin(OPEN))
			.groupby(case.project, case.deadline_state)
			.run()  # lint: allow query-in-loop: one query for each of the three kinds
		)
		for project, deadline, count in rows:
			still_open[project] += count
			if deadline in ("Overdue", "Missed"):
				overdue[project] += count
	return still_open, overdue
