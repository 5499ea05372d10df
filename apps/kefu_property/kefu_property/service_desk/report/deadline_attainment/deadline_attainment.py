"""Report Deadline Attainment: share of deadlines kept and how long owners wait for the first answer (D3, L13)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import now_datetime

from kefu_property.rules import case_figures as rules
from kefu_property.service_desk import statistics

GROUPS = {
	"Kind and Severity": lambda row: f"{_(row.kind)} · {_(row.severity)}",
	"Department": lambda row: row.department,
	"Category": lambda row: _(row.category) if row.category else "",
	"Staff Member": lambda row: frappe.utils.get_fullname(row.assigned_to) if row.assigned_to else "",
	"Month": lambda row: f"{row.received_on:%Y-%m}",
}
STEPS = {
	"first_answer": ("first_answer_due", "first_answered_on"),
	"feedback": ("feedback_due", "feedback_on"),
	"close": ("close_due", "resolved_on"),
}
PERCENTILES = (50, 90, 95)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart, summary. Filters as `statistics.cases`, and `group_by` (a key of GROUPS)."""
	filters = frappe._dict(filters or {})
	group = filters.group_by if filters.group_by in GROUPS else "Kind and Severity"
	cases = statistics.cases(filters)
	groups = statistics.grouped(cases, GROUPS[group])
	if group == "Month":
		groups.sort(key=lambda pair: pair[0])
	now = now_datetime()
	rows = [{"group": key or _("Not Set"), **figures(found, now)} for key, found in groups]
	return columns(group), rows, None, chart(rows), summary(figures(cases, now))


def figures(cases: list[dict], now) -> dict:
	"""Shares in percent, None when no deadline counts yet; percentiles of the first answer in minutes by the wall clock."""
	row = {"cases": len(cases)}
	for step, (due, done) in STEPS.items():
		kept, counted = rules.attainment(((case[due], case[done]) for case in cases), now)
		row[step] = rules.share(kept, counted) if counted else None
	waits = [rules.minutes(case.received_on, case.first_answered_on) for case in cases if case.first_answered_on]
	for percent in PERCENTILES:
		value = rules.percentile(waits, percent)
		row[f"p{percent}"] = None if value is None else round(value, 1)
	return row


def columns(group: str) -> list[dict]:
	shares = (
		(_("First Answer in Time"), "first_answer"),
		(_("Feedback in Time"), "feedback"),
		(_("Closed in Time"), "close"),
	)
	waits = (
		(_("First Answer, Median (minutes)"), "p50"),
		(_("First Answer, 90 % (minutes)"), "p90"),
		(_("First Answer, 95 % (minutes)"), "p95"),
	)
	return [
		{"label": _(group), "fieldname": "group", "fieldtype": "Data", "width": 220},
		{"label": _("Cases"), "fieldname": "cases", "fieldtype": "Int", "width": 80},
		*({"label": name, "fieldname": key, "fieldtype": "Percent", "width": 130} for name, key in shares),
		*({"label": name, "fieldname": key, "fieldtype": "Float", "precision": 1, "width": 150} for name, key in waits),
	]


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	shown = rows[:12]
	datasets = [
		{"name": name, "values": [row[key] or 0 for row in shown]}
		for name, key in ((_("First Answer in Time"), "first_answer"), (_("Closed in Time"), "close"))
	]
	return {"data": {"labels": [row["group"] for row in shown], "datasets": datasets}, "type": "bar"}


def summary(total: dict) -> list[dict]:
	return [
		{"label": _("Cases"), "value": total["cases"], "datatype": "Int", "indicator": "Blue"},
		{"label": _("First Answer in Time"), "value": total["first_answer"] or 0, "datatype": "Percent"},
		{"label": _("Closed in Time"), "value": total["close"] or 0, "datatype": "Percent"},
		{"label": _("First Answer, 90 % (minutes)"), "value": total["p90"] or 0, "datatype": "Float"},
	]
