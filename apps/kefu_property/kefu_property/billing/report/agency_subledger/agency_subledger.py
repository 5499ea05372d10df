"""What is collected for others: billed, collected, handed over, still held (L7)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import today

from kefu_property.billing import reporting
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Fee Ledger Entry")
	columns = [
		reporting.column("project", _("Project"), "Link", 120, "Property Project"),
		reporting.column("fee_item", _("Fee Item"), "Link", 150, "Fee Item"),
		reporting.column("principal", _("Collected for"), width=150),
		reporting.column("billed", _("Billed"), "Currency", 130),
		reporting.column("collected", _("Collected"), "Currency", 130),
		reporting.column("open", _("Unpaid"), "Currency", 120),
		reporting.column("settled", _("Handed Over"), "Currency", 130),
		reporting.column("held", _("Still Held"), "Currency", 130),
	]
	rows = subledger(filters)
	chart = {
		"data": {
			"labels": [_(row.fee_item) for row in rows],
			"datasets": [
				{"name": _("Collected"), "values": [str(row.collected) for row in rows]},
				{"name": _("Handed Over"), "values": [str(row.settled) for row in rows]},
			],
		},
		"type": "bar",
	}
	return columns, rows, None, chart if rows else None


def subledger(filters: frappe._dict) -> list[dict]:
	allowed = reporting.projects(filters)
	if not allowed:
		return []
	values = {"projects": tuple(allowed), "day": filters.as_of or today(), "item": filters.fee_item}
	rows = frappe.db.sql(
		"""select e.project, e.fee_item, f.principal, sum(if(e.kind = 'Payment', 0, e.amount)) billed, -sum(if(e.kind = 'Payment', e.amount, 0)) collected,
			sum(e.amount) open
		from `tabFee Ledger Entry` e join `tabFee Item` f on f.name = e.fee_item and f.is_agency = 1
		where e.project in %(projects)s and e.account = 'Receivable' and e.posting_date <= %(day)s and (%(item)s is null or e.fee_item = %(item)s)
		group by e.project, e.fee_item order by e.project, e.fee_item""",
		values,
		as_dict=True,
	)
	settled = {
		(project, item): D(amount)
		for project, item, amount in frappe.db.sql(
			"""select project, fee_item, sum(amount) from `tabAgency Settlement`
			where project in %(projects)s and workflow_state in ('Approved', 'Paid') and to_date <= %(day)s group by project, fee_item""",
			values,
		)
	}
	for row in rows:
		row.billed, row.collected, row.open = D(row.billed), D(row.collected), D(row.open)
		row.settled = settled.get((row.project, row.fee_item), D(0))
		row.held = row.collected - row.settled
	return rows
