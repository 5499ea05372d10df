"""Objective Attainment: each objective of a year by month, and how often it was reached (D18)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint, get_fullname, getdate, today

from kefu_property.quality import reporting
from kefu_property.rules import quality_rules as rules


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart, summary. Filters: `project`, `standard`, `year` (default: this one)."""
	filters = frappe._dict(filters or {})
	reporting.need("Quality Objective")
	year = cint(filters.year) or getdate(today()).year
	rows = get_rows(filters, year)
	return columns(year), rows, None, chart(rows, year), summary(rows)


def columns(year: int) -> list[dict]:
	column = reporting.column
	months = [column(f"m{month}", f"{year}-{month:02d}", width=80) for month in range(1, 13)]
	return [
		column("objective", _("Objective"), "Link", 130, "Quality Objective"),
		column("title", _("Title"), width=200),
		column("wanted", _("Target"), width=100),
		column("rate", _("Attainment"), "Percent", 110),
		column("reached", _("Months Reached"), "Int", 110),
		column("measured", _("Months Measured"), "Int", 110),
		*months,
		column("who", _("Responsible Person"), width=120),
		column("standard", _("Standard"), width=100),
		column("project", _("Project"), "Link", 110, "Property Project"),
	]


def get_rows(filters: frappe._dict, year: int) -> list[frappe._dict]:
	conditions = {"project": ["in", reporting.projects(filters)], "docstatus": 1, "year": year}
	if filters.standard:
		conditions["standard"] = filters.standard
	objectives = frappe.get_all(
		"Quality Objective",
		filters=conditions,
		fields=["name", "objective_title", "direction", "target", "unit", "responsible", "standard", "project"],
		order_by="project, standard, objective_title",
	)
	results: dict[str, list] = {}
	for row in frappe.get_all(
		"Quality Objective Result",
		filters={"objective": ["in", [row.name for row in objectives] or [""]]},
		fields=["objective", "month", "value", "outcome"],
	):
		results.setdefault(row.objective, []).append(row)
	rows = []
	for objective in objectives:
		own = results.get(objective.name, [])
		reached, measured = rules.attainment(row.outcome for row in own)
		row = frappe._dict(
			objective=objective.name,
			title=objective.objective_title,
			wanted=f"{'≥' if objective.direction == 'At Least' else '≤'} {objective.target:g} {objective.unit}",
			reached=reached,
			measured=measured,
			rate=round(100 * reached / measured, 1) if measured else None,
			who=get_fullname(objective.responsible),
			standard=objective.standard,
			project=objective.project,
			outcomes={found.month.month: found.outcome for found in own},
		)
		for found in own:
			row[f"m{found.month.month}"] = "–" if found.outcome == rules.NOT_MEASURED else f"{found.value:g}"
		rows.append(row)
	return rows


def chart(rows: list[dict], year: int) -> dict | None:
	"""Share of the measured objectives that were reached, by month."""
	labels, values = [], []
	for month in range(1, 13):
		reached, measured = rules.attainment(row.outcomes.get(month) for row in rows)
		if measured:
			labels.append(f"{year}-{month:02d}")
			values.append(round(100 * reached / measured, 1))
	if not labels:
		return None
	return {
		"data": {"labels": labels, "datasets": [{"name": _("Objectives Reached (%)"), "values": values}]},
		"type": "line",
		"colors": ["#0d6b62"],
	}


def summary(rows: list[dict]) -> list[dict]:
	reached, measured = sum(row.reached for row in rows), sum(row.measured for row in rows)
	return [
		{"label": _("Objectives"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{
			"label": _("Attainment"),
			"value": round(100 * reached / measured, 1) if measured else 0,
			"datatype": "Percent",
			"indicator": "Green" if reached == measured else "Orange",
		},
	]
