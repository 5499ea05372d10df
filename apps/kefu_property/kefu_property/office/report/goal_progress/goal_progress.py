"""Report Goal Progress: the tree of goals from year to day with target, what is reached and course (S1)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.office import goals
from kefu_property.rules import plan_rules


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows (with `indent`), no message, chart, summary. Filters: `project`, `year`, `responsible`, `tone`."""
	filters = frappe._dict(filters or {})
	rows = tree(get_goals(filters))
	return columns(), rows, None, chart(rows), summary(rows)


def get_goals(filters: frappe._dict) -> list[dict]:
	year = getdate(f"{filters.year or getdate(today()).year}-01-01")
	wanted = {
		"workflow_state": ["in", [goals.IN_FORCE, goals.CLOSED]],
		"starts_on": ["<=", year.replace(month=12, day=31)],
		"ends_on": [">=", year],
	}
	wanted |= {key: filters[key] for key in ("project", "responsible", "tone") if filters.get(key)}
	return frappe.get_list("Work Goal", filters=wanted, fields=list(goals.FIELDS), limit=0)


def tree(found: list[dict]) -> list[dict]:
	"""Goals below the one that they are part of; what has none above it in the selection stands at the left."""
	known = {row.name for row in found}
	below: dict[str | None, list[dict]] = {}
	for row in sorted(found, key=lambda row: (plan_rules.KINDS.index(row.period_kind), row.starts_on, row.title)):
		below.setdefault(row.parent_goal if row.parent_goal in known else None, []).append(row)
	rows: list[dict] = []

	def add(row: dict, indent: int) -> None:
		parts = row.source == "From Parts"
		rows.append(
			{
				**row,
				"indent": indent,
				"period_text": _(row.period_kind),
				"responsible_name": frappe.utils.get_fullname(row.responsible),
				"target_text": "" if parts else goals.with_unit(row.target, row.unit),
				"actual_text": "" if parts or not row.measured_on else goals.with_unit(row.actual, row.unit),
				"tone_text": _(row.tone) if row.tone else "",
			}
		)
		for part in below.get(row.name, ()):
			add(part, indent + 1)

	for row in below.get(None, ()):
		add(row, 0)
	return rows


def columns() -> list[dict]:
	return [
		{"label": _("Goal"), "fieldname": "name", "fieldtype": "Link", "options": "Work Goal", "width": 320},
		{"label": _("Period"), "fieldname": "period_text", "fieldtype": "Data", "width": 70},
		{"label": _("From"), "fieldname": "starts_on", "fieldtype": "Date", "width": 105},
		{"label": _("Until"), "fieldname": "ends_on", "fieldtype": "Date", "width": 105},
		{"label": _("Responsible"), "fieldname": "responsible_name", "fieldtype": "Data", "width": 110},
		{"label": _("Target"), "fieldname": "target_text", "fieldtype": "Data", "width": 100},
		{"label": _("Achieved"), "fieldname": "actual_text", "fieldtype": "Data", "width": 100},
		{"label": _("Progress"), "fieldname": "progress", "fieldtype": "Percent", "width": 90},
		{"label": _("Course"), "fieldname": "tone_text", "fieldtype": "Data", "width": 90},
	]


def chart(rows: list[dict]) -> dict | None:
	top = [row for row in rows if not row["indent"]][:12]
	if not top:
		return None
	values = [float(row["progress"] or 0) for row in top]
	return {
		"data": {"labels": [row["title"] for row in top], "datasets": [{"name": _("Progress"), "values": values}]},
		"type": "bar",
		"colors": ["#0d6b62"],
	}


def summary(rows: list[dict]) -> list[dict]:
	def number(tone: str) -> int:
		return sum(row["tone"] == tone for row in rows)

	return [
		{"label": _("Goals"), "value": len(rows), "datatype": "Int"},
		{"label": _("Achieved"), "value": number("Achieved"), "datatype": "Int", "indicator": "Green"},
		{"label": _("Behind"), "value": number("Behind"), "datatype": "Int", "indicator": "Orange"},
		{"label": _("Not Achieved"), "value": number("Not Achieved"), "datatype": "Int", "indicator": "Red"},
	]
