"""A year in one table: brought forward, billed, late fee, waived, paid, carried forward (D2)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _

from kefu_property.billing import reporting
from kefu_property.rules.money import D

FIELDS = ("opening", "billed", "penalty", "waived", "paid", "closing")


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Fee Ledger Entry")
	by_building = filters.group_by == "Building"
	columns = [
		reporting.column(
			"label",
			_("Building") if by_building else _("Fee Item"),
			"Link",
			180,
			"Property Building" if by_building else "Fee Item",
		),
		reporting.column("opening", _("Brought Forward"), "Currency", 140),
		reporting.column("billed", _("Billed"), "Currency", 140),
		reporting.column("penalty", _("Late Fee"), "Currency", 120),
		reporting.column("waived", _("Waived"), "Currency", 120),
		reporting.column("paid", _("Paid"), "Currency", 140),
		reporting.column("closing", _("Carried Forward"), "Currency", 140),
	]
	rows = summary_of(filters, by_building)
	if rows:
		totals = {field: sum((row[field] for row in rows), Decimal("0.00")) for field in FIELDS}
		chart = {
			"data": {
				"labels": [_(row.label) if row.label and not by_building else row.label for row in rows],
				"datasets": [
					{"name": _("Billed"), "values": [str(row.billed) for row in rows]},
					{"name": _("Paid"), "values": [str(row.paid) for row in rows]},
				],
			},
			"type": "bar",
		}
		summary = [
			{"label": _("Billed"), "value": totals["billed"], "datatype": "Currency"},
			{"label": _("Paid"), "value": totals["paid"], "datatype": "Currency", "indicator": "Green"},
			{"label": _("Carried Forward"), "value": totals["closing"], "datatype": "Currency", "indicator": "Orange"},
		]
		return columns, [*rows, {"label": None, "bold": 1, **totals}], None, chart, summary
	return columns, [], None, None, []


def summary_of(filters: frappe._dict, by_building: bool) -> list[dict]:
	"""By item or building, from the ledger: opening + billed + late fee − waived − paid = closing in each row."""
	allowed = reporting.projects(filters)
	if not allowed:
		return []
	year = int(filters.year)
	group = "u.building" if by_building else "e.fee_item"
	# lint: allow sql-string: the grouping is one of the two constants above
	rows = frappe.db.sql(
		f"""select {group} label,
			sum(if(e.posting_date < %(start)s, e.amount, 0)) opening,
			sum(if(e.posting_date >= %(start)s and e.kind in ('Bill', 'Opening Balance'), e.amount, 0)) billed,
			sum(if(e.posting_date >= %(start)s and e.kind = 'Penalty', e.amount, 0)) penalty,
			-sum(if(e.posting_date >= %(start)s and e.kind = 'Waiver', e.amount, 0)) waived,
			-sum(if(e.posting_date >= %(start)s and e.kind = 'Payment', e.amount, 0)) paid,
			sum(e.amount) closing
		from `tabFee Ledger Entry` e left join `tabProperty Unit` u on u.name = e.unit
		where e.project in %(projects)s and e.account = 'Receivable' and e.posting_date <= %(end)s
		group by {group} order by {group}""",
		{"projects": tuple(allowed), "start": f"{year:04d}-01-01", "end": f"{year:04d}-12-31"},
		as_dict=True,
	)
	for row in rows:
		for field in FIELDS:
			row[field] = D(row[field])
	return rows
