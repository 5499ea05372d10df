"""One-off charges of a unit: approved, then billed by the next run of a tariff of the kind Listed Charges, or at once."""

from __future__ import annotations

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
	unit = registry.units(charge.project, include_disabled=True, names=[charge.unit])[0]
	amount, day = D(charge.amount).quantize(Decimal("0.01")), getdate(charge.charge_date)
	line = Line(
		fee_item=charge.fee_item,
		tariff=None,
		price_version=None,
		charge_key=key_of(charge.name),
		span=Span(day, day),
		quantity=Decimal(1),
		quantity_unit="",
		price=amount,
		factor="1",
		raw=str(amount),
		amount=amount,
		tax=Decimal("0.00"),
		priority=frappe.get_cached_value("Fee Item", charge.fee_item, "allocation_priority") or 0,
		explanation={"charge": charge.name, "description": charge.description},
	)
	due = max(periods.month_end(day), getdate(today()))
	name = invoices.write(
		charge.project, Span(day, day), [Bill(unit, payer, due, [line])], invoices.new_name, getdate(today()), ORIGIN
	)[0]
	charge.db_set("invoice", name)
	return name


def key_of(charge: str) -> str:
	return f"charge|{charge}"


def bill_of(charge: str) -> str | None:
	"""The valid bill that bears a charge, by a run or alone."""
	return frappe.db.get_value("Fee Invoice Line", {"charge_key": key_of(charge)}, "parent")
