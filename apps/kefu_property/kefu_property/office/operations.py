"""The director's operations board: figures of all modules by project, today's events, the daily report.

Extension point `operations_board`: a function `(projects, day) -> list of sections`. A section has `key`, `title`, `order`, `figures` and,
if there are any, `events`. A figure has `key`, `label`, `unit`, `values` (project → number or None), `total` (over all projects); for a
judgement `good`, `warn` and `better` (`Higher` or `Lower`); and where a click leads: `report` with `options`, `page` or `list`.
An event has `project`, `title`, `text`, `tone` and `route`. Functions read all projects in one query.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, today

from kefu_property.office import goals
from kefu_property.office.report.budget_and_spending.budget_and_spending import rows_of
from kefu_property.rules.money import D, sum_money
from kefu_property.rules.operations_rules import mean, share, tone
from kefu_property.suite import row_rules, state
from kefu_property.suite.notify import alert, staff_with_role

JUDGED = ("good", "warn", "better")
TARGETS = ("report", "options", "page", "list")


def projects_of(user: str) -> list[dict]:
	"""Projects that the user may look at: `name`, `project_name`."""
	names = None if row_rules.sees_all_projects(user) else row_rules.projects_of(user)
	return frappe.get_all(
		"Property Project",
		filters={"name": ["in", names]} if names is not None else {},
		fields=["name", "project_name"],
		order_by="name",
	)


def sections(projects: list[str], day: date | str | None = None) -> list[dict]:
	"""Sections of all modules with judged figures, in order. `values` become rows of `value`, `text`, `tone` by project."""
	day = getdate(day or today())
	if not projects:
		return []
	found = [section for function in state.contributions("operations_board") for section in function(projects, day)]
	for section in found:
		section["figures"] = [_judged(figure, projects) for figure in section["figures"]]
		section.setdefault("events", [])
	return sorted(found, key=lambda section: section["order"])


def _judged(figure: dict, projects: list[str]) -> dict:
	limits = {key: figure[key] for key in JUDGED if key in figure}

	def reading(value) -> dict:
		return {
			"value": None if value is None else float(value),
			"text": goals.with_unit(value, figure["unit"]),
			"tone": tone(value, **limits),
		}

	return {
		"key": figure["key"],
		"label": figure["label"],
		"values": {name: reading(figure["values"].get(name)) for name in projects},
		"total": reading(figure["total"]),
		"target": {key: figure[key] for key in TARGETS if key in figure},
	}


def board(projects: list[str], day) -> list[dict]:
	"""Extension point `operations_board`: who is on duty, handovers that are late, goals, budget, and what is due today."""
	return [_staffing(projects, day), _plans(projects, day), _budget(projects, day)]


def _counted(doctype: str, filters: dict | list, projects: list[str]) -> Counter:
	if isinstance(filters, dict):
		filters = [[field, *(value if isinstance(value, list) else ("=", value))] for field, value in filters.items()]
	return Counter(frappe.get_all(doctype, filters=[["project", "in", projects], *filters], pluck="project", limit=0))


def _figure(key: str, label: str, projects: list[str], counts: Counter, **more) -> dict:
	values = {name: counts[name] for name in projects}
	return {"key": key, "label": label, "unit": "", "values": values, "total": sum(values.values()), **more}


def _staffing(projects: list[str], day) -> dict:
	now = now_datetime()
	zero = {"good": 0, "warn": 0, "better": "Lower"}
	late = [["docstatus", "=", 0], ["due_on", "is", "set"], ["due_on", "<", now]]
	return {
		"key": "staffing",
		"title": _("Staffing"),
		"order": 50,
		"figures": [
			_figure(
				"on_duty",
				_("On Duty Now"),
				projects,
				_counted("Post Shift", {"starts_on": ["<=", now], "ends_on": [">", now]}, projects),
				list="Post Shift",
			),
			_figure(
				"shifts", _("Shifts Today"), projects, _counted("Post Shift", {"day": day}, projects), list="Post Shift"
			),
			_figure(
				"late_handovers",
				_("Late Handovers"),
				projects,
				_counted("Shift Handover", late, projects),
				list="Shift Handover",
				**zero,
			),
		],
	}


def _plans(projects: list[str], day) -> dict:
	running = {"workflow_state": goals.IN_FORCE, "starts_on": ["<=", day], "ends_on": [">=", day]}
	top = frappe.get_all(
		"Work Goal",
		filters={"project": ["in", projects], **running, "parent_goal": ["is", "not set"]},
		fields=["project", "progress"],
		limit=0,
	)
	progress = {name: mean(row.progress or 0 for row in top if row.project == name) for name in projects}
	total = mean(row.progress or 0 for row in top)
	behind = _counted("Work Goal", {**running, "tone": ["in", ["Behind", "Not Achieved"]]}, projects)
	requests = frappe.get_all(
		"Cooperation Request",
		filters={"project": ["in", projects], "workflow_state": "Sent", "due_on": ["<=", day]},
		fields=["name", "project", "subject", "to_department", "due_on"],
		order_by="due_on",
	)
	daily = frappe.get_all(
		"Work Goal",
		filters={"project": ["in", projects], **running, "period_kind": "Day"},
		fields=["name", "project", "title", "responsible", "tone"],
		order_by="title",
	)
	return {
		"key": "plans",
		"title": _("Plans"),
		"order": 60,
		"figures": [
			{
				"key": "plan_progress",
				"label": _("Progress of Plans"),
				"unit": "%",
				"values": progress,
				"total": total,
				"report": "Goal Progress",
				"options": {"year": day.year},
			},
			_figure(
				"goals_behind",
				_("Goals Behind"),
				projects,
				behind,
				good=0,
				warn=3,
				better="Lower",
				report="Goal Progress",
				options={"year": day.year, "tone": "Behind"},
			),
			_figure(
				"proposals_waiting",
				_("Proposals Waiting"),
				projects,
				_counted("Work Proposal", {"workflow_state": ["in", ["Pending Review", "Pending Decision"]]}, projects),
				list="Work Proposal",
			),
		],
		"events": [
			{
				"project": row.project,
				"title": row.subject,
				"text": _("Answer of {0} due {1}").format(row.to_department, frappe.utils.format_date(row.due_on)),
				"tone": "orange" if row.due_on == day else "red",
				"route": ["Form", "Cooperation Request", row.name],
			}
			for row in requests
		]
		+ [
			{
				"project": row.project,
				"title": row.title,
				"text": _("Goal of the day, {0}").format(frappe.utils.get_fullname(row.responsible)),
				"tone": "green" if row.tone == "Achieved" else "blue",
				"route": ["Form", "Work Goal", row.name],
			}
			for row in daily
		],
	}


def _budget(projects: list[str], day) -> dict:
	# lint: allow query-in-loop: a handful of projects, each with its own budget
	rows = {name: rows_of(name, day.year) for name in projects}
	amounts = {name: sum_money(D(row["amount"]) for row in found) for name, found in rows.items()}
	used = {name: sum_money(D(row["committed"]) + D(row["spent"]) for row in found) for name, found in rows.items()}
	report = {"report": "Budget and Spending", "options": {"year": day.year}}
	alarms = Counter({name: sum(row["level"] != "ok" for row in found) for name, found in rows.items()})
	return {
		"key": "budget",
		"title": _("Budget"),
		"order": 70,
		"figures": [
			{
				"key": "budget_used",
				"label": _("Budget Used"),
				"unit": "%",
				"values": {name: share(used[name], amounts[name]) for name in projects},
				"total": share(sum_money(used.values()), sum_money(amounts.values())),
				"good": 90,
				"warn": 100,
				"better": "Lower",
				**report,
			},
			_figure(
				"budget_alarms",
				_("Items Nearly Used Up"),
				projects,
				alarms,
				good=0,
				warn=2,
				better="Lower",
				**report,
			),
		],
	}


def write_report(project: str, day: date | str | None = None) -> str:
	"""The board of one project as the day's Operations Report; made anew when there is one. Returns its name."""
	day = getdate(day or today())
	found = sections([project], day)
	name = frappe.db.exists("Operations Report", {"project": project, "day": day})
	doc = frappe.get_doc("Operations Report", name) if name else frappe.new_doc("Operations Report")
	doc.update({"project": project, "day": day, "prepared_on": now_datetime(), "figures": []})
	for section in found:
		for figure in section["figures"]:
			reading = figure["values"][project]
			doc.append(
				"figures",
				{
					"section": section["title"],
					"label": figure["label"],
					"value_text": reading["text"],
					"tone": reading["tone"],
				},
			)
		for event in section["events"]:
			doc.append(
				"figures",
				{
					"section": section["title"],
					"label": event["title"][:140],
					"value_text": "",
					"tone": event["tone"],
					"details": event["text"],
				},
			)
	doc.warnings = sum(row.tone == "red" for row in doc.figures)
	doc.save(ignore_permissions=True)  # the system writes it
	return doc.name


def has_director(project: str) -> bool:
	return bool(staff_with_role("Office Director", project))


def tell_director(report: str) -> list[str]:
	"""The daily message: figures in one line, the report behind it. Returns the users that were told."""
	doc = frappe.get_doc("Operations Report", report)
	red = [row.label for row in doc.figures if row.tone == "red"]
	head = _(", ").join(f"{row.label} {row.value_text}" for row in doc.figures if row.value_text and row.tone != "gray")

	def text() -> str:
		warnings = _("To look at: {0}").format(_(", ").join(red)) if red else _("Nothing is red.")
		return _("Operations of {0}: {1}. {2}").format(frappe.utils.format_date(doc.day), warnings, head[:400])

	return alert(staff_with_role("Office Director", doc.project), text, "Operations Report", doc.name)
