"""Money of payers that is kept ahead, as of any day (D2, L8)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import today

from kefu_property.billing import reporting
from kefu_property.registry import api as registry
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Fee Ledger Entry")
	columns = [
		reporting.column("project", _("Project"), "Link", 120, "Property Project"),
		reporting.column("resident_name", _("Payer"), width=160),
		reporting.column("received", _("Received"), "Currency", 130),
		reporting.column("used", _("Used or Given Back"), "Currency", 140),
		reporting.column("balance", _("Prepayment"), "Currency", 130),
		reporting.column("last", _("Last Change"), "Date", 110),
		reporting.column("resident", _("Resident"), "Link", 130, "Resident"),
	]
	rows = balances(filters)
	total = sum((row.balance for row in rows), Decimal("0.00"))
	return columns, rows, None, None, [{"label": _("Prepayment"), "value": total, "datatype": "Currency"}]


def balances(filters: frappe._dict) -> list[dict]:
	allowed = reporting.projects(filters)
	if not allowed:
		return []
	rows = frappe.db.sql(
		"""select project, resident, sum(if(amount < 0, -amount, 0)) received, sum(if(amount > 0, amount, 0)) used, -sum(amount) balance, max(posting_date) last
		from `tabFee Ledger Entry`
		where project in %(projects)s and account = 'Prepayment' and posting_date <= %(day)s
		group by project, resident having balance != 0 order by balance desc""",
		{"projects": tuple(allowed), "day": filters.as_of or today()},
		as_dict=True,
	)
	names = registry.names_of({row.resident for row in rows})
	for row in rows:
		row.received, row.used, row.balance = D(row.received), D(row.used), D(row.balance)
		row.resident_name = names.get(row.resident)
	return rows
