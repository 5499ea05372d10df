"""What dunning brought: steps by kind, and what was paid within thirty days of them (D2, S2)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import today

from kefu_property.billing import reporting
from kefu_property.rules.dunning import ACTIONS
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Dunning Action")
	columns = [
		reporting.column("step", _("Step"), width=150),
		reporting.column("actions", _("Steps Done"), "Int", 110),
		reporting.column("reached", _("Reached"), "Int", 100),
		reporting.column("promised", _("Promised"), "Int", 100),
		reporting.column("demanded", _("Demanded"), "Currency", 140),
		reporting.column("paid", _("Paid within 30 Days"), "Currency", 160),
	]
	rows = results(filters)
	chart = {
		"data": {
			"labels": [row.step for row in rows],
			"datasets": [
				{"name": _("Demanded"), "values": [str(row.demanded) for row in rows]},
				{"name": _("Paid within 30 Days"), "values": [str(row.paid) for row in rows]},
			],
		},
		"type": "bar",
	}
	return columns, rows, None, chart if rows else None


def results(filters: frappe._dict) -> list[dict]:
	allowed = reporting.projects(filters)
	if not allowed:
		return []
	rows = frappe.db.sql(
		"""select a.action_type, count(*) actions, sum(a.result in ('Reached', 'Promised', 'Signed For', 'Delivered', 'Disputed', 'Refused')) reached,
			sum(a.result = 'Promised') promised, sum(a.amount) demanded, sum(ifnull(p.paid, 0)) paid
		from `tabDunning Action` a left join (
			select b.parent, -sum(e.amount) paid from `tabDunning Action Bill` b join `tabDunning Action` s on s.name = b.parent and s.state = 'Done'
			join `tabFee Ledger Entry` e on e.invoice = b.invoice and e.kind = 'Payment' and e.account = 'Receivable'
				and e.posting_date between date(s.done_on) and date_add(date(s.done_on), interval 30 day)
			where s.project in %(projects)s group by b.parent
		) p on p.parent = a.name
		where a.project in %(projects)s and a.state = 'Done' and date(a.done_on) between %(start)s and %(end)s
		group by a.action_type""",
		{"projects": tuple(allowed), "start": filters.from_date or "1900-01-01", "end": filters.to_date or today()},
		as_dict=True,
	)
	for row in rows:
		row.step, row.demanded, row.paid = _(row.action_type), D(row.demanded), max(D(row.paid), Decimal(0))
		row.reached, row.promised = int(row.reached), int(row.promised)
	return sorted(rows, key=lambda row: ACTIONS.index(row.action_type))
