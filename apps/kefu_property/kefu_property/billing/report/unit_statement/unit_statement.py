"""Statement of a unit or payer between two days: opening balance, every entry, running balance (D2)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import add_days, today

from kefu_property.billing import ledger, reporting
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	filters = frappe._dict(filters or {})
	reporting.need("Fee Ledger Entry")
	columns = [
		reporting.column("posting_date", _("Date"), "Date", 100),
		reporting.column("fee_item", _("Fee Item"), "Link", 160, "Fee Item"),
		reporting.column("kind", _("Kind"), width=110),
		reporting.column("resident_name", _("Payer"), width=120),
		reporting.column("debit", _("Charged"), "Currency", 120),
		reporting.column("credit", _("Paid or Waived"), "Currency", 130),
		reporting.column("balance", _("Balance"), "Currency", 120),
		reporting.column("voucher_type", _("Voucher Type"), width=110),
		reporting.column("voucher", _("Voucher"), "Dynamic Link", 190, "voucher_type"),
	]
	if not (filters.unit or filters.resident):
		return columns, []
	return columns, statement(filters)


def statement(filters: frappe._dict) -> list[dict]:
	allowed = reporting.projects(filters)
	if not allowed:
		return []
	start, end = filters.from_date or "1900-01-01", filters.to_date or today()
	conditions = {"account": ledger.RECEIVABLE, "posting_date": ["between", [start, end]], "project": ["in", allowed]}
	for field in ("unit", "resident"):
		if filters.get(field):
			conditions[field] = filters[field]
	entries = frappe.get_all(
		"Fee Ledger Entry",
		filters=conditions,
		fields=[
			"posting_date",
			"fee_item",
			"kind",
			"resident",
			"resident.resident_name",
			"amount",
			"voucher_type",
			"voucher",
		],
		order_by="posting_date, `tabFee Ledger Entry`.creation, `tabFee Ledger Entry`.name",
	)
	balance = sum(
		(
			ledger.balance(unit=filters.unit, resident=filters.resident, project=project, as_of=add_days(start, -1))
			for project in ([None] if len(allowed) > 1 else allowed)
		),
		Decimal("0.00"),
	)
	rows = [{"posting_date": start, "kind": _("Brought Forward"), "balance": balance}]
	for entry in entries:
		amount = D(entry.amount)
		balance += amount
		rows.append(
			{
				**entry,
				"kind": _(entry.kind),
				"debit": amount if amount > 0 else None,
				"credit": -amount if amount < 0 else None,
				"balance": balance,
			}
		)
	return rows
