"""Waivers of a period with reason and who approved them (D2)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import today

from kefu_property.billing import reporting
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Fee Waiver")
	columns = [
		reporting.column("name", _("Waiver"), "Link", 170, "Fee Waiver"),
		reporting.column("posting_date", _("Date"), "Date", 100),
		reporting.column("payer_name", _("Payer"), width=130),
		reporting.column("kind", _("Kind"), width=130),
		reporting.column("total", _("Waived"), "Currency", 120),
		reporting.column("reason", _("Reason"), width=260),
		reporting.column("prepared_by", _("Prepared By"), "Link", 160, "User"),
		reporting.column("approved_by", _("Approved By"), "Link", 160, "User"),
		reporting.column("state", _("State"), width=100),
	]
	rows = register(filters)
	by_kind: dict[str, Decimal] = defaultdict(Decimal)
	for row in rows:
		if row.workflow_state == "Approved":
			by_kind[row.kind] += row.total
	total = sum(by_kind.values(), Decimal("0.00"))
	chart = {
		"data": {
			"labels": list(by_kind),
			"datasets": [{"name": _("Waived"), "values": [str(amount) for amount in by_kind.values()]}],
		},
		"type": "bar",
		"colors": ["#b3701e"],
	}
	summary = [{"label": _("Waived"), "value": total, "datatype": "Currency", "indicator": "Orange"}]
	return columns, rows, None, chart if by_kind else None, summary


def register(filters: frappe._dict) -> list[dict]:
	"""Approved waivers of the period, those cancelled later with what they had waived."""
	allowed = reporting.projects(filters)
	if not allowed:
		return []
	rows = frappe.get_all(
		"Fee Waiver",
		filters={
			"project": ["in", allowed],
			"workflow_state": ["in", ["Approved", "Cancelled"]],
			"posting_date": ["between", [filters.from_date or "1900-01-01", filters.to_date or today()]],
		},
		fields=[
			"name",
			"posting_date",
			"payer_name",
			"waiver_type",
			"total",
			"reason",
			"prepared_by",
			"approved_by",
			"workflow_state",
		],
		order_by="posting_date, name",
	)
	for row in rows:
		row.kind, row.state, row.total = _(row.waiver_type), _(row.workflow_state), D(row.total)
	return rows
