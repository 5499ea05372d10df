"""Inspections on the director's operations board, in plans and on the data-quality board (D5, D8, D26)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import add_days, now_datetime, today

from kefu_property.rules.operations_rules import share
from kefu_property.suite.data_quality import found

OPEN = ("To Be Rectified", "Rectification Reported")


def board(projects: list[str], day) -> list[dict]:
	"""Extension point `operations_board`: checks done in the last 30 days, checks of the day, defects open and overdue."""
	done, planned = _tasks(projects, add_days(day, -29), day)
	today_done, today_planned = _tasks(projects, day, day)
	defects = frappe.get_all(
		"Rectification",
		filters={"project": ["in", projects], "status": ["in", OPEN]},
		fields=["project", "due_date", "severity"],
		limit=0,
	)
	late = [row for row in defects if row.due_date and row.due_date < day]
	dangerous = [row for row in defects if row.severity == "Dangerous"]
	report = {"report": "Inspection Completion", "options": {"from_date": str(add_days(day, -29))}}

	def count(key: str, label: str, rows: list[dict], **more) -> dict:
		values = {name: sum(row.project == name for row in rows) for name in projects}
		return {
			"key": key,
			"label": label,
			"unit": "",
			"values": values,
			"total": len(rows),
			"list": "Rectification",
			**more,
		}

	return [
		{
			"key": "inspections",
			"title": _("Inspections"),
			"order": 40,
			"figures": [
				{
					"key": "inspections_done",
					"label": _("Checks Done, 30 Days"),
					"unit": "%",
					"values": {name: share(done[name], planned[name]) for name in projects},
					"total": share(sum(done.values()), sum(planned.values())),
					"good": 95,
					"warn": 85,
					**report,
				},
				{
					"key": "inspections_today",
					"label": _("Checks Done Today"),
					"unit": "%",
					"values": {name: share(today_done[name], today_planned[name]) for name in projects},
					"total": share(sum(today_done.values()), sum(today_planned.values())),
					"list": "Inspection Task",
				},
				count("defects_open", _("Defects Open"), defects),
				count("defects_late", _("Defects Overdue"), late, good=0, warn=3, better="Lower"),
			],
			"events": [
				{
					"project": name,
					"title": _("Dangerous defects"),
					"text": str(sum(row.project == name for row in dangerous)),
					"tone": "red",
					"route": ["List", "Rectification"],
				}
				for name in projects
				if any(row.project == name for row in dangerous)
			],
		}
	]


def _tasks(projects: list[str], start, end) -> tuple[dict[str, int], dict[str, int]]:
	"""Checks done and checks planned by project; those that were skipped with a reason count for neither."""
	task = frappe.qb.DocType("Inspection Task")
	rows = (
		frappe.qb.from_(task)
		.select(task.project, task.status, Count("*"))
		.where(task.project.isin(projects) & task.scheduled_for[start:end] & (task.status != "Skipped"))
		.groupby(task.project, task.status)
		.run()
	)
	done, planned = defaultdict(int), defaultdict(int)
	for project, status, number in rows:
		planned[project] += number
		if status == "Done":
			done[project] += number
	return done, planned


def measures() -> list[dict]:
	"""Extension point `measures`: percent of planned checks that were done."""
	return [{"name": "inspections_done", "title": _("Checks Done"), "unit": "%", "value": checks_done}]


def checks_done(project: str, start: date, end: date) -> float | None:
	"""Percent of the checks planned in the period that were done; None without any."""
	done, planned = _tasks([project], start, end)
	return share(done[project], planned[project])


def gaps(projects: list[str]) -> list[dict]:
	"""Extension point `data_quality`: checks that were missed this month, defects beyond their date."""
	missed = {"status": "Missed Check", "scheduled_for": [">=", add_days(today(), -30)]}
	planned = [
		["status", "=", "Planned"],
		["due_on", "is", "set"],
		["due_on", "<", now_datetime()],
	]
	late = [["status", "in", list(OPEN)], ["due_date", "is", "set"], ["due_date", "<", today()]]
	names = {"user": "assigned_to", "title": "facility_name", "since": "scheduled_for"}
	return [
		{
			"key": "missed",
			"label": _("Checks missed or not entered"),
			"rows": found("Inspection Task", projects, missed, **names)
			+ found("Inspection Task", projects, planned, **names),
		},
		{
			"key": "defects",
			"label": _("Defects beyond their date"),
			"rows": found("Rectification", projects, late, user="responsible", title="facility_name", since="due_date"),
		},
	]
