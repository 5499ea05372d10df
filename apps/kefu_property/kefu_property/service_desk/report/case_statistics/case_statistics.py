"""Report Case Statistics: cases by cause, place, department, time and more, with reopen rate and stars (D3, S4)."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.rules import case_figures as rules
from kefu_property.service_desk import statistics
from kefu_property.service_desk.case import OPEN

#: what may be chosen to group by, and how its key is read from a case; False: names that are not translated
GROUPS = {
	"Category": (lambda row: row.category, True),
	"Cause": (lambda row: row.cause, True),
	"Place": (lambda row: row.place, True),
	"Department": (lambda row: row.department, False),
	"Building": (lambda row: row.building, False),
	"Source": (lambda row: row.source, True),
	"Kind": (lambda row: row.kind, True),
	"Severity": (lambda row: row.severity, True),
	"Month": (lambda row: f"{row.received_on:%Y-%m}", False),
	"Hour of the Day": (lambda row: f"{row.received_on:%H}:00", False),
}
BY_TIME = ("Month", "Hour of the Day")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart, summary. Filters as `statistics.cases`, and `group_by` (a key of GROUPS)."""
	filters = frappe._dict(filters or {})
	group = filters.group_by if filters.group_by in GROUPS else "Category"
	read, translated = GROUPS[group]
	cases = statistics.cases(filters)
	groups = statistics.grouped(cases, read)
	if group in BY_TIME:
		groups.sort(key=lambda pair: pair[0])
	rows = [{"group": statistics.label(key, translated), **figures(found, len(cases))} for key, found in groups]
	return columns(group), rows, None, chart(rows, group), summary(figures(cases, len(cases)))


def figures(cases: list[dict], total: int) -> dict:
	"""Sums of a group. Hours are from intake to resolution by the wall clock."""
	resolved = [case for case in cases if case.resolved_on and case.status not in OPEN]
	hours = rules.average(rules.minutes(case.received_on, case.resolved_on) for case in resolved)
	return {
		"cases": len(cases),
		"share": rules.share(len(cases), total),
		"open": sum(1 for case in cases if case.status in OPEN),
		"overdue": sum(1 for case in cases if case.deadline_state == "Overdue"),
		"hours": round(hours / 60, 1) if hours is not None else None,
		"reopen_rate": rules.share(sum(1 for case in cases if case.reopen_count), len(cases)),
		"stars": rules.average((case.rating or None for case in cases), 2),
	}


def columns(group: str) -> list[dict]:
	return [
		{"label": _(group), "fieldname": "group", "fieldtype": "Data", "width": 200},
		{"label": _("Cases"), "fieldname": "cases", "fieldtype": "Int", "width": 90},
		{"label": _("Share"), "fieldname": "share", "fieldtype": "Percent", "width": 90},
		{"label": _("Open"), "fieldname": "open", "fieldtype": "Int", "width": 90},
		{"label": _("Overdue"), "fieldname": "overdue", "fieldtype": "Int", "width": 90},
		{"label": _("Hours to Resolve"), "fieldname": "hours", "fieldtype": "Float", "precision": 1, "width": 130},
		{"label": _("Reopen Rate"), "fieldname": "reopen_rate", "fieldtype": "Percent", "width": 110},
		{"label": _("Stars"), "fieldname": "stars", "fieldtype": "Float", "precision": 2, "width": 90},
	]


def chart(rows: list[dict], group: str) -> dict | None:
	if not rows:
		return None
	shown = rows if group in BY_TIME else rows[:12]
	return {
		"data": {
			"labels": [row["group"] for row in shown],
			"datasets": [{"name": _("Cases"), "values": [row["cases"] for row in shown]}],
		},
		"type": "line" if group == "Month" else "bar",
	}


def summary(total: dict) -> list[dict]:
	return [
		{"label": _("Cases"), "value": total["cases"], "datatype": "Int", "indicator": "Blue"},
		{"label": _("Open"), "value": total["open"], "datatype": "Int", "indicator": "Orange"},
		{
			"label": _("Overdue"),
			"value": total["overdue"],
			"datatype": "Int",
			"indicator": "Red" if total["overdue"] else "Green",
		},
		{"label": _("Reopen Rate"), "value": total["reopen_rate"], "datatype": "Percent"},
	]
