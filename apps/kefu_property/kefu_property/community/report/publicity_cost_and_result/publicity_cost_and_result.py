"""Report Publicity Cost and Result: budget, cost and people reached of each campaign (D4)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _

from kefu_property.community import reporting
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart by channel, summary. Filters: `project`, `from_date`, `to_date` (begin of the campaign)."""
	rows = frappe.get_all(
		"Publicity Campaign",
		filters=[["docstatus", "=", 1], *reporting.where(filters, "from_date")],
		fields=[
			"name",
			"title",
			"workflow_state",
			"from_date",
			"to_date",
			"budget",
			"cost",
			"target_reach",
			"reach",
			"result",
		],
		order_by="from_date desc",
	)
	for row in rows:
		row.workflow_state = _(row.workflow_state)
		row.reached_percent = reporting.percent(row.reach, row.target_reach)
		row.per_person = D(row.cost) / row.reach if row.reach else None
	columns = [
		reporting.column("name", _("Publicity Campaign"), "Link", 170, "Publicity Campaign"),
		reporting.column("title", _("Title"), width=200),
		reporting.column("workflow_state", _("State"), width=100),
		reporting.column("from_date", _("From"), "Date", 110),
		reporting.column("to_date", _("To"), "Date", 110),
		reporting.column("budget", _("Budget"), "Currency", 110),
		reporting.column("cost", _("Cost"), "Currency", 110),
		reporting.column("reach", _("People Reached"), "Int", 110),
		reporting.column("reached_percent", _("Of the Aim"), "Percent", 100),
		reporting.column("per_person", _("Cost per Person"), "Currency", 120),
		reporting.column("result", _("Result"), width=240),
	]
	budget, cost = (sum((D(row[name]) for row in rows), Decimal(0)) for name in ("budget", "cost"))
	summary = [
		{"label": _("Budget"), "value": budget, "datatype": "Currency"},
		{"label": _("Cost"), "value": cost, "datatype": "Currency", "indicator": "Red" if cost > budget else "Green"},
		{"label": _("People Reached"), "value": sum(row.reach for row in rows), "datatype": "Int"},
	]
	return columns, rows, None, _chart([row.name for row in rows]), summary


def _chart(names: list[str]) -> dict | None:
	reached = frappe.db.sql(
		"""select channel, sum(reached) reached from `tabPublicity Campaign Channel`
		where parent in %(names)s and parenttype = 'Publicity Campaign' group by channel order by sum(reached) desc""",
		{"names": tuple(names) or ("",)},
		as_dict=True,
	)
	if not reached:
		return None
	return {
		"data": {
			"labels": [_(row.channel) for row in reached],
			"datasets": [{"name": _("People Reached"), "values": [int(row.reached or 0) for row in reached]}],
		},
		"type": "bar",
	}
