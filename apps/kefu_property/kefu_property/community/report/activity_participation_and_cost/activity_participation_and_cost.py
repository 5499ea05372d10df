"""Report Activity Participation and Cost: places, people present, budget, cost and stars of each activity (D16)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _

from kefu_property.community import reporting
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart, summary. Filters: `project`, `from_date`, `to_date` (day of the activity)."""
	rows = frappe.get_all(
		"Community Activity",
		filters=[["docstatus", "=", 1], *reporting.where(filters, "starts_on")],
		fields=[
			"name",
			"title",
			"kind",
			"starts_on",
			"workflow_state",
			"quota",
			"registered_count",
			"attended_count",
			"budget_total",
			"actual_total",
			"income_total",
			"rating",
		],
		order_by="starts_on desc",
	)
	for row in rows:
		row.kind, row.workflow_state = _(row.kind), _(row.workflow_state)
		row.attendance = reporting.percent(row.attended_count, row.registered_count)
		net = D(row.actual_total) - D(row.income_total)
		row.per_head = net / row.attended_count if row.attended_count else None
	columns = [
		reporting.column("name", _("Community Activity"), "Link", 170, "Community Activity"),
		reporting.column("title", _("Title"), width=200),
		reporting.column("kind", _("Kind")),
		reporting.column("starts_on", _("Starts"), "Datetime", 150),
		reporting.column("workflow_state", _("State"), width=100),
		reporting.column("quota", _("Number of Places"), "Int", 80),
		reporting.column("registered_count", _("Places Taken"), "Int", 90),
		reporting.column("attended_count", _("People Present"), "Int", 90),
		reporting.column("attendance", _("Attendance"), "Percent", 100),
		reporting.column("budget_total", _("Budget"), "Currency", 110),
		reporting.column("actual_total", _("Cost"), "Currency", 110),
		reporting.column("income_total", _("Fees Charged"), "Currency", 110),
		reporting.column("per_head", _("Net Cost per Head"), "Currency", 120),
		reporting.column("rating", _("Stars"), "Float", 80),
	]
	budget, cost = (sum((D(row[name]) for row in rows), Decimal(0)) for name in ("budget_total", "actual_total"))
	summary = [
		{"label": _("Community Activities"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Number of People"), "value": sum(row.attended_count for row in rows), "datatype": "Int"},
		{"label": _("Budget"), "value": budget, "datatype": "Currency"},
		{"label": _("Cost"), "value": cost, "datatype": "Currency", "indicator": "Red" if cost > budget else "Green"},
	]
	shown = rows[:12]
	chart = {
		"data": {
			"labels": [row.title[:12] for row in shown],
			"datasets": [
				{"name": _("Places Taken"), "values": [row.registered_count for row in shown]},
				{"name": _("People Present"), "values": [row.attended_count for row in shown]},
			],
		},
		"type": "bar",
	}
	return columns, rows, None, chart if shown else None, summary
