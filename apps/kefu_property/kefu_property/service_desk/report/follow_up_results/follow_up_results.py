"""Report Follow-up Results: how many owners were called, how content they were, and the office's own check beside it (D10)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days, getdate, today

from kefu_property.rules.hotline import share
from kefu_property.service_desk.departments import CASES
from kefu_property.suite import row_rules

GROUPS = {"Kind": "case_doctype", "Department": "department", "Category": "category", "Called by": "done_by"}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart, summary. Filters: `project`, `from_date`, `to_date`, `group_by` (a key of GROUPS)."""
	filters = frappe._dict(filters or {})
	group = filters.group_by if filters.group_by in GROUPS else "Kind"
	tasks = get_tasks(filters)
	groups: dict[str, list] = {}
	for task in tasks:
		groups.setdefault(task[GROUPS[group]] or "", []).append(task)
	rows = [{"group": label(key, group), **figures(groups[key])} for key in sorted(groups)]
	total = figures(tasks)
	return columns(group), rows, None, chart(rows), summary(total)


def get_tasks(filters: frappe._dict) -> list[dict]:
	where = {
		"due_on": [
			"between",
			[getdate(filters.from_date or add_days(today(), -90)), getdate(filters.to_date or today())],
		],
		"status": ["!=", "Withdrawn"],
	}
	# a report runs its own query: it applies the same project rule as the list
	where = [["Follow Up Task", key, *value] for key, value in where.items()]
	if not row_rules.sees_all_projects(frappe.session.user):
		where.append(["Follow Up Task", "project", "in", row_rules.projects_of(frappe.session.user) or [""]])
	if filters.project:
		where.append(["Follow Up Task", "project", "=", filters.project])
	tasks = frappe.get_all(
		"Follow Up Task",
		filters=where,
		fields=[
			"case_doctype",
			"case_name",
			"department",
			"category",
			"done_by",
			"status",
			"result",
			"stars",
			"consequence",
		],
	)
	scores = {}
	for kind in CASES:
		names = [task.case_name for task in tasks if task.case_doctype == kind]
		scores.update(
			frappe.get_all(  # lint: allow query-in-loop: one query for each of the three kinds
				kind,
				filters={"name": ["in", names or [""]], "quality_by": ["is", "set"]},
				fields=["name", "quality_score"],
				as_list=True,
			)
		)
	for task in tasks:
		task.quality = scores.get(task.case_name)
	return tasks


def label(key: str, group: str) -> str:
	if not key:
		return _("Not Set")
	if group == "Called by":
		return frappe.utils.get_fullname(key)
	return key if group == "Department" else _(key)


def figures(tasks: list[dict]) -> dict:
	reached = [task for task in tasks if task.result]
	stars = [task.stars for task in reached if task.stars]
	quality = [task.quality for task in tasks if task.quality is not None]
	return {
		"tasks": len(tasks),
		"open": sum(1 for task in tasks if task.status == "Open"),
		"reached_share": share(len(reached), len([task for task in tasks if task.status != "Open"])),
		"satisfied_share": share(sum(1 for task in reached if task.result == "Satisfied"), len(reached)),
		"stars": round(sum(stars) / len(stars), 2) if stars else None,
		"quality": round(sum(quality) / len(quality), 1) if quality else None,
		"reopened": sum(1 for task in reached if task.consequence == "Reopened"),
		"proposals": sum(1 for task in reached if task.consequence == "Improvement Proposed"),
	}


def columns(group: str) -> list[dict]:
	return [
		{"label": _(group), "fieldname": "group", "fieldtype": "Data", "width": 180},
		{"label": _("Owners to Call"), "fieldname": "tasks", "fieldtype": "Int", "width": 110},
		{"label": _("Open"), "fieldname": "open", "fieldtype": "Int", "width": 80},
		{"label": _("Reached Share"), "fieldname": "reached_share", "fieldtype": "Percent", "width": 110},
		{"label": _("Satisfied Share"), "fieldname": "satisfied_share", "fieldtype": "Percent", "width": 110},
		{"label": _("Stars"), "fieldname": "stars", "fieldtype": "Float", "precision": 2, "width": 90},
		{"label": _("Quality Score"), "fieldname": "quality", "fieldtype": "Float", "precision": 1, "width": 110},
		{"label": _("Reopened"), "fieldname": "reopened", "fieldtype": "Int", "width": 100},
		{"label": _("Improvement Proposed"), "fieldname": "proposals", "fieldtype": "Int", "width": 130},
	]


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	values = [row["satisfied_share"] for row in rows]
	return {
		"data": {
			"labels": [row["group"] for row in rows],
			"datasets": [{"name": _("Satisfied Share"), "values": values}],
		},
		"type": "bar",
	}


def summary(total: dict) -> list[dict]:
	return [
		{"label": _("Owners to Call"), "value": total["tasks"], "datatype": "Int", "indicator": "Blue"},
		{"label": _("Reached Share"), "value": total["reached_share"], "datatype": "Percent"},
		{"label": _("Satisfied Share"), "value": total["satisfied_share"], "datatype": "Percent", "indicator": "Green"},
		{"label": _("Stars"), "value": total["stars"] or 0, "datatype": "Float"},
	]
