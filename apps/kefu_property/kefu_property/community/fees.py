"""Fees of activities and services become bills of the module Billing, while it is on (D16, D27)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _

from kefu_property.community import settings
from kefu_property.community.exceptions import BillingOff
from kefu_property.rules.money import D
from kefu_property.suite import state


def need_billing(amount) -> None:
	"""Refuse a price while the module Billing is off. Raises BillingOff."""
	if D(amount or 0) > 0 and not state.is_enabled("billing"):
		frappe.throw(_("A fee needs the module Billing. Enable it, or leave the fee empty."), BillingOff)


def bill(doc, fee_item_field: str, amount: Decimal, description: str) -> str | None:
	"""Bill the resident of a registration or booking; None when nothing is to be paid. Asked again, the bill that there is."""
	if amount <= 0:
		return None
	need_billing(amount)
	from kefu_property.billing import api as billing

	return billing.bill_service(
		project=doc.project,
		unit=doc.unit,
		resident=doc.resident,
		fee_item=settings.text(fee_item_field),
		amount=amount,
		description=description,
		reference=(doc.doctype, doc.name),
	)


def take_back(bill_name: str | None, reason: str) -> Decimal:
	"""Cancel a bill; returns what had been paid on it and is now the resident's prepayment."""
	if not bill_name or not state.is_enabled("billing"):
		return Decimal("0.00")
	from kefu_property.billing import api as billing

	return billing.cancel_service_bill(bill_name, reason)
