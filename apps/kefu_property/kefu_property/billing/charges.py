"""One-off charges of a unit: approved, then billed by the next run of a tariff of the kind Listed Charges, or at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.billing import invoices
from kefu_property.billing.calculation import Bill, Line
from kefu_property.billing.exceptions import BillNotPayable, ChargeSettled
from kefu_property.registry import api as registry
from kefu_property.rules import periods
from kefu_property.rules.money import D
from kefu_property.rules.periods import Span

ORIGIN = "Single"


def bill(charge) -> str:
	"""Publish the bill of an approved charge to whoever pays for the unit on its date. Never twice. Raises ChargeSettled, BillNotPayable."""
	frappe.db.sql("select name from `tabUnit Charge` where name = %s for update", charge.name)
	charge.reload()
	if charge.workflow_state != "Approved":
		frappe.throw(_("A charge is billed once it is approved."), ChargeSettled)
	if found := bill_of(charge.name):
		frappe.throw(_("This charge is on bill {0} already.").format(found), ChargeSettled)
	payer = registry.payer_of(charge.unit, charge.charge_date)
	if not payer:
		frappe.throw(
			_("Nobody pays for {0} on {1}. Register who does, then bill the charge.").format(
				charge.unit, charge.charge_date
			),
			BillNotPayable,
		)
	amount, day = D(charge.amount).quantize(Decimal("0.01")), getdate(charge.charge_date)
	facts = {"charge": charge.name, "description": charge.description}
	line = line_of(charge.fee_item, key_of(charge.name), day, Decimal(1), amount, amount, facts)
	name = bill_lines(charge.project, charge.unit, payer, day, [line])
	charge.db_set("invoice", name)
	return name


def line_of(
	fee_item: str, key: str, day: date, quantity: Decimal, price: Decimal, amount: Decimal, explanation: dict
) -> Line:
	"""One line without a tariff; `key` keeps it from being charged twice."""
	return Line(
		fee_item=fee_item,
		tariff=None,
		price_version=None,
		charge_key=key,
		span=Span(day, day),
		quantity=quantity,
		quantity_unit="",
		price=price,
		factor="1",
		raw=str(amount),
		amount=amount,
		tax=Decimal("0.00"),
		priority=frappe.get_cached_value("Fee Item", fee_item, "allocation_priority") or 0,
		explanation=explanation,
	)


def bill_lines(project: str, unit: str, payer: str, day: date, lines: list[Line]) -> str:
	"""Publish one bill of lines without a tariff and return its name; due at the end of their month, not before today.

	The only way to a single bill: approved charges, `api.bill_once` and services of other modules end here. The caller has seen to the
	approval and that nothing is charged twice.
	"""
	row = registry.units(project, include_disabled=True, names=[unit])[0]
	today_ = getdate(today())
	bills = [Bill(row, payer, max(periods.month_end(day), today_), lines)]
	return invoices.write(project, Span(day, day), bills, invoices.new_name, today_, ORIGIN)[0]


def key_of(charge: str) -> str:
	return f"charge|{charge}"


def bill_of(charge: str) -> str | None:
	"""The valid bill that bears a charge, by a run or alone."""
	return frappe.db.get_value("Fee Invoice Line", {"charge_key": key_of(charge)}, "parent")
