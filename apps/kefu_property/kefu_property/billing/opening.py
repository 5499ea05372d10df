"""Arrears and prepayments that a project brings along, from the roster import (contribution point `opening_balances`)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.billing import invoices, ledger
from kefu_property.billing.calculation import Bill, Line
from kefu_property.registry import api as registry
from kefu_property.rules.money import D, round_money
from kefu_property.rules.periods import Span

ITEM = "Opening Balance"
ORIGIN = "Opening Balance"
CENT = Decimal("0.01")


def load(project: str, rows: Sequence[dict]) -> None:
	"""Post opening arrears and prepayments; the caller holds the transaction.

	Rows: `unit`, `resident`, `arrears`, `prepayment` (yuan or None), `as_of` (day), `source` (Roster Import). Loading again
	posts only what differs: an unpaid opening bill of another amount is replaced, one that has been paid on stays, a prepayment is
	corrected by its difference.
	"""
	_arrears(project, [row for row in rows if row.get("arrears") is not None])
	_prepayments(project, [row for row in rows if row.get("prepayment") is not None])


def _arrears(project: str, rows: Sequence[dict]) -> None:
	existing = {
		row.unit: row
		for row in frappe.get_all(
			"Fee Invoice",
			filters={"project": project, "origin": ORIGIN, "docstatus": 1},
			fields=["name", "unit", "resident", "total", "outstanding"],
		)
	}
	units = {unit["name"]: unit for unit in registry.units(project, include_disabled=True)}
	replaced, bills = [], []
	for row in rows:
		amount = round_money(D(row["arrears"]))
		old = existing.get(row["unit"])
		if old and (D(old.outstanding) != D(old.total) or (D(old.total) == amount and old.resident == row["resident"])):
			continue
		if old:
			replaced.append(old.name)
		if amount > 0:
			bills.append(_bill(units[row["unit"]], row["resident"], getdate(row["as_of"]), amount))
	if replaced:
		invoices.cancel(replaced, _("Opening balance imported again"))
	by_day: dict = {}
	for bill in bills:
		by_day.setdefault(bill.due_date, []).append(bill)
	for day, group in by_day.items():
		invoices.write(project, Span(day, day), group, invoices.new_name, day, ORIGIN)


def _bill(unit: dict, resident: str, day, amount: Decimal) -> Bill:
	line = Line(
		fee_item=ITEM,
		tariff=None,
		price_version=None,
		charge_key=f"opening|{unit['name']}",
		span=Span(day, day),
		quantity=Decimal(1),
		quantity_unit="",
		price=amount,
		factor=str(Fraction(1)),
		raw=str(amount),
		amount=amount,
		tax=Decimal("0.00"),
		priority=0,
		explanation={"opening": str(day)},
	)
	return Bill(unit, resident, day, [line])


def _prepayments(project: str, rows: Sequence[dict]) -> None:
	there = {
		(unit, resident): -D(amount)
		for unit, resident, amount in frappe.db.sql(
			"""select unit, resident, sum(amount) from `tabFee Ledger Entry`
			where project = %s and account = 'Prepayment' and kind = 'Opening Balance' group by unit, resident""",
			project,
		)
	}
	entries = []
	for row in rows:
		missing = round_money(D(row["prepayment"])) - there.get((row["unit"], row["resident"]), Decimal(0)).quantize(
			CENT
		)
		entries.append(
			ledger.Entry(
				getdate(row["as_of"]),
				project,
				row["unit"],
				row["resident"],
				None,
				ledger.PREPAYMENT,
				"Opening Balance",
				-missing,
				None,
				"Roster Import",
				row["source"],
			)
		)
	ledger.post(entries)
