"""Report Goals by Person: plans of the staff and whether their summaries came (S1)."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.office import goals
from kefu_property.rules import plan_rules
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Filters: `project`, `period_kind` (of the summary; default Week), `day` (any of the period; default today)."""
	filters = frappe._dict(filters or {})
	kind = filters.period_kind if filters.period_kind in plan_rules.KINDS[:-1] else "Week"
	start, end = plan_rules.period_of(kind, getdate(filters.day or today()))
	project = {"project": filters.project} if filters.project else {}
	found = frappe.get_list(
		"Work Goal",
		filters={
			"workflow_state": ["in", [goals.IN_FORCE, goals.CLOSED]],
			"starts_on": ["<=", end],
			"ends_on": [">=", start],
			**project,
		},
		fields=list(goals.FIELDS),
		limit=0,
	)
	summaries = {
		row.staff: row
		for row in frappe.get_list(
			"Work Summary",
			filters={"period_kind": kind, "starts_on": start, **project},
			fields=["name", "staff", "workflow_state"],
			limit=0,
		)
	}
	people = defaultdict(list)
	for row in found:
		people[row.responsible].append(row)
	rows = []
	for person in {*people, *summaries}:
		own, summary = people[person], summaries.get(person)
		values = [D(row.progress or 0) for row in own]
		rows.append(
			{
				"person": person,
				"person_name": frappe.utils.get_fullname(person),
				"goals": len(own),
				"reached": sum(row.tone == "Achieved" for row in own),
				"late": sum(row.tone in ("Behind", "Not Achieved") for row in own),
				"progress": plan_rules.roll_up([(D(1), value) for value in values]),
				"summary": summary.name if summary else None,
				"summary_state": _(summary.workflow_state) if summary else _("Missing"),
			}
		)
	rows.sort(key=lambda row: (-row["late"], row["person_name"]))
	return columns(), rows, None, chart(rows)


def columns() -> list[dict]:
	return [
		{"label": _("Name"), "fieldname": "person_name", "fieldtype": "Data", "width": 140},
		{"label": _("Goals"), "fieldname": "goals", "fieldtype": "Int", "width": 80},
		{"label": _("Achieved"), "fieldname": "reached", "fieldtype": "Int", "width": 80},
		{"label": _("Behind or Not Achieved"), "fieldname": "late", "fieldtype": "Int", "width": 120},
		{"label": _("Progress"), "fieldname": "progress", "fieldtype": "Percent", "width": 100},
		{
			"label": _("Work Summary"),
			"fieldname": "summary",
			"fieldtype": "Link",
			"options": "Work Summary",
			"width": 190,
		},
		{"label": _("Status"), "fieldname": "summary_state", "fieldtype": "Data", "width": 130},
	]


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	values = [float(row["progress"]) for row in rows]
	return {
		"data": {
			"labels": [row["person_name"] for row in rows],
			"datasets": [{"name": _("Progress"), "values": values}],
		},
		"type": "bar",
		"colors": ["#0d6b62"],
	}
