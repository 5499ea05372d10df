"""Collection targets and what was reached (S2)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import today

from kefu_property.billing import reporting
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Collection Target")
	columns = [
		reporting.column("name", _("Target"), "Link", 150, "Collection Target"),
		reporting.column("period", _("Period"), width=190),
		reporting.column("building", _("Building"), "Link", 130, "Property Building"),
		reporting.column("fee_item", _("Fee Item"), "Link", 140, "Fee Item"),
		reporting.column("collector", _("Collector"), "Link", 160, "User"),
		reporting.column("billed", _("Billed"), "Currency", 120),
		reporting.column("paid", _("Paid"), "Currency", 120),
		reporting.column("target", _("Target Amount"), "Currency", 130),
		reporting.column("missing", _("Missing"), "Currency", 120),
		reporting.column("rate", _("Collection Rate"), "Percent", 110),
		reporting.column("target_rate", _("Target Rate"), "Percent", 110),
	]
	rows = results(filters)
	chart = {
		"data": {
			"labels": [row.building or row.project for row in rows],
			"datasets": [
				{"name": _("Target Amount"), "values": [str(row.target) for row in rows]},
				{"name": _("Paid"), "values": [str(row.paid) for row in rows]},
			],
		},
		"type": "bar",
	}
	return columns, rows, None, chart if rows else None


def results(filters: frappe._dict) -> list[dict]:
	"""Bills due in the period of each target, and what was paid of them; waived amounts count neither as billed nor as paid."""
	allowed = reporting.projects(filters)
	if not allowed:
		return []
	rows = frappe.db.sql(
		"""select t.name, t.project, t.from_date, t.to_date, t.building, t.fee_item, t.collector, t.target_rate, t.target_amount,
			ifnull(sum(l.amount), 0) billed, ifnull(sum(l.amount - l.outstanding), 0) settled, ifnull(sum(w.amount), 0) waived
		from `tabCollection Target` t
		left join `tabFee Invoice` i on i.project = t.project and i.docstatus = 1 and i.due_date between t.from_date and t.to_date
			and (ifnull(t.building, '') = '' or i.building = t.building)
		left join `tabFee Invoice Line` l on l.parent = i.name and l.parenttype = 'Fee Invoice' and (ifnull(t.fee_item, '') = '' or l.fee_item = t.fee_item)
		left join (
			select v.invoice_line, sum(v.amount) amount from `tabFee Waiver Line` v join `tabFee Waiver` d on d.name = v.parent
			where d.workflow_state = 'Approved' and d.project in %(projects)s group by v.invoice_line
		) w on w.invoice_line = l.name
		where t.project in %(projects)s and t.to_date >= %(start)s and t.from_date <= %(end)s
		group by t.name order by t.from_date, t.name""",
		{"projects": tuple(allowed), "start": filters.from_date or "1900-01-01", "end": filters.to_date or today()},
		as_dict=True,
	)
	for row in rows:
		row.billed = D(row.billed) - D(row.waived)
		row.paid = D(row.settled) - D(row.waived)
		row.target = max(D(row.target_amount), (row.billed * D(row.target_rate) / 100).quantize(Decimal("0.01")))
		row.missing = max(row.target - row.paid, Decimal("0.00"))
		row.rate = reporting.percent(row.paid, row.billed)
		row.period = f"{row.from_date} – {row.to_date}"
	return rows
