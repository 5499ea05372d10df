"""Risk Register: risks, opportunities and hazards with their treatment, as a list and by likelihood and severity (D18)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import get_fullname, getdate, today

from kefu_property.quality import reporting
from kefu_property.rules import quality_rules as rules


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None, list[dict]]:
	"""Columns, rows, the matrix of likelihood × severity as message, no chart, summary.

	Filters: `project`, `kind`, `standard`, `area`, `closed` (closed ones, too).
	"""
	filters = frappe._dict(filters or {})
	reporting.need("Management Risk")
	rows = get_rows(filters)
	return columns(), rows, matrix(rows) if rows else None, None, summary(rows)


def columns() -> list[dict]:
	column = reporting.column
	return [
		column("name", _("No."), "Link", 130, "Management Risk"),
		column("kind_text", _("Kind"), width=90),
		column("risk_title", _("Title"), width=220),
		column("area_name", _("Department or Area"), width=130),
		column("likelihood", _("Likelihood (1–5)"), "Int", 90),
		column("severity", _("Severity (1–5)"), "Int", 90),
		column("score", _("Score"), "Int", 80),
		column("level_text", _("Level"), width=80),
		column("treatment_text", _("Treatment"), width=90),
		column("measures_open", _("Open Measures"), "Int", 110),
		column("residual_text", _("After Treatment"), width=110),
		column("who", _("Responsible Person"), width=120),
		column("review_on", _("Next Review"), "Date", 110),
		column("status_text", _("Status"), width=110),
		column("project", _("Project"), "Link", 110, "Property Project"),
	]


def get_rows(filters: frappe._dict) -> list[frappe._dict]:
	conditions = {"project": ["in", reporting.projects(filters)]}
	if not filters.closed:
		conditions["status"] = ["!=", "Closed"]
	for fieldname in ("kind", "standard", "area"):
		if filters.get(fieldname):
			conditions[fieldname] = filters[fieldname]
	rows = frappe.get_all(
		"Management Risk",
		filters=conditions,
		fields=[
			"name",
			"kind",
			"risk_title",
			"area",
			"likelihood",
			"severity",
			"score",
			"level",
			"treatment",
			"residual_score",
			"residual_level",
			"responsible",
			"review_on",
			"status",
			"project",
		],
		order_by="score desc, name",
	)
	open_measures: dict[str, int] = {}
	for row in frappe.get_all(
		"Risk Measure",
		filters={"parent": ["in", [row.name for row in rows] or [""]], "done_on": ["is", "not set"]},
		fields=["parent"],
	):
		open_measures[row.parent] = open_measures.get(row.parent, 0) + 1
	areas = reporting.area_names([row.area for row in rows if row.area])
	for row in rows:
		row.kind_text, row.level_text, row.status_text = _(row.kind), _(row.level), _(row.status)
		row.treatment_text = _(row.treatment) if row.treatment else ""
		row.residual_text = f"{row.residual_score} {_(row.residual_level)}" if row.residual_level else ""
		row.measures_open, row.area_name = open_measures.get(row.name, 0), areas.get(row.area)
		row.who = get_fullname(row.responsible)
		row.review_due = row.review_on <= getdate(today())
	return rows


def matrix(rows: list[dict]) -> str:
	"""How many stand at each likelihood and severity, as an HTML table; numbers and our own words only."""
	colours = {rules.LOW: "#d9f2e3", rules.MEDIUM: "#fdebc8", rules.HIGH: "#f8d0d0"}
	counts: dict[tuple[int, int], int] = {}
	for row in rows:
		place = int(row.likelihood), int(row.severity)
		counts[place] = counts.get(place, 0) + 1
	lines = []
	for likelihood in range(5, 0, -1):
		cells = "".join(
			f'<td style="background: {colours[rules.risk(likelihood, severity)[1]]}; text-align: center; width: 44px; height: 26px">'
			f"<b>{counts.get((likelihood, severity), '')}</b></td>"
			for severity in range(1, 6)
		)
		lines.append(f"<tr><th>{_('Likelihood')} {likelihood}</th>{cells}</tr>")
	head = "".join(f'<th style="text-align: center">{severity}</th>' for severity in range(1, 6))
	return f'<table class="table-bordered small" cellpadding="4">{"".join(lines)}<tr><th>{_("Severity (1–5)")}</th>{head}</tr></table>'


def summary(rows: list[dict]) -> list[dict]:
	def counted(level: str) -> int:
		return sum(1 for row in rows if (row.residual_level or row.level) == level)

	due = sum(1 for row in rows if row.review_due)
	return [
		{"label": _("High"), "value": counted(rules.HIGH), "datatype": "Int", "indicator": "Red"},
		{"label": _("Medium"), "value": counted(rules.MEDIUM), "datatype": "Int", "indicator": "Orange"},
		{"label": _("Low"), "value": counted(rules.LOW), "datatype": "Int", "indicator": "Green"},
		{"label": _("Review Due"), "value": due, "datatype": "Int", "indicator": "Red" if due else "Green"},
	]
