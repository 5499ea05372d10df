"""Report Receptions and Costs: who came, how many, what was planned and spent."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.community.meeting_reports import column, scoped
from kefu_property.rules.money import D, sum_money


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows by visit, no message, chart by kind, summary. Filters: `project`, `from_date`, `to_date`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, chart(rows), summary(rows)


def columns() -> list[dict]:
	return [
		column(_("Reception Plan"), "name", "Link", 170, "Reception Plan"),
		column(_("Visiting Organisation"), "visitors", width=200),
		column(_("Kind"), "kind", width=130),
		column(_("Arrival"), "starts_on", "Datetime", 150),
		column(_("State"), "state", width=100),
		column(_("Number of Guests"), "guest_count", "Int", 110),
		column(_("Planned Cost"), "planned_total", "Currency", 120),
		column(_("Actual Cost"), "actual_total", "Currency", 120),
		column(_("Difference"), "difference", "Currency", 120),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	plan = frappe.qb.DocType("Reception Plan")
	query = (
		frappe.qb.from_(plan)
		.select(
			plan.name,
			plan.visitors,
			plan.kind,
			plan.starts_on,
			plan.workflow_state.as_("state"),
			plan.guest_count,
			plan.planned_total,
			plan.actual_total,
		)
		.where(plan.docstatus == 1)
		.orderby(plan.starts_on)
	)
	rows = scoped(query, plan, filters, "starts_on").run(as_dict=True)
	for row in rows:
		row.kind, row.state = _(row.kind), _(row.state)
		row.planned_total, row.actual_total = D(str(row.planned_total or 0)), D(str(row.actual_total or 0))
		row.difference = row.actual_total - row.planned_total
	return rows


def chart(rows: list[dict]) -> dict | None:
	kinds = list(dict.fromkeys(row.kind for row in rows))
	if not kinds:
		return None
	sets = [
		{"name": label, "values": [sum_money(row[field] for row in rows if row.kind == kind) for kind in kinds]}
		for label, field in ((_("Planned Cost"), "planned_total"), (_("Actual Cost"), "actual_total"))
	]
	return {"data": {"labels": kinds, "datasets": sets}, "type": "bar"}


def summary(rows: list[dict]) -> list[dict]:
	guests = sum(row.guest_count or 0 for row in rows)
	return [
		{"label": _("Receptions"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Guests"), "value": guests, "datatype": "Int", "indicator": "Blue"},
		{
			"label": _("Actual Cost"),
			"value": sum_money(row.actual_total for row in rows),
			"datatype": "Currency",
			"indicator": "Orange",
		},
	]
