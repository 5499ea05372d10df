"""Paid services of other modules become bills (extension point `service_charges`): a repair that the owner pays (D2, D7)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import frappe
from frappe.utils import getdate, today

from kefu_property.billing import charges
from kefu_property.billing.calculation import Line
from kefu_property.registry import api as registry
from kefu_property.rules.money import D

ITEM = "Repair Service"


def charge(facts: dict) -> str | None:
	"""Publish the bill of a finished service and return its name; the bill that exists already when asked again.

	The price was published and accepted before the work (L16), so that no approval follows. `fee_item` of the facts is the item to
	bill, `Repair Service` without one. None without a home or a payer, or when nothing is to be paid: then the service is charged by hand.
	"""
	day = getdate(today())
	rows = [row for row in facts["lines"] if D(row["amount"]) > 0]
	payer = facts.get("resident") or (facts.get("unit") and registry.payer_of(facts["unit"], day))
	if not rows or not payer or not facts.get("unit"):
		return None
	key = f"service|{facts['reference_doctype']}|{facts['reference_name']}"
	if found := frappe.db.get_value("Fee Invoice Line", {"charge_key": f"{key}|1"}, "parent"):
		return found
	lines = [_line(facts, row, f"{key}|{number}", day) for number, row in enumerate(rows, 1)]
	return charges.bill_lines(facts["project"], facts["unit"], payer, day, lines)


def _line(facts: dict, row: dict, key: str, day: date) -> Line:
	explanation = {
		"service": row["description"],
		"reference": facts["reference_name"],
		"quantity": row["quantity"],
		"rate": row["rate"],
	}
	amount = D(row["amount"]).quantize(Decimal("0.01"))
	item = facts.get("fee_item") or ITEM
	return charges.line_of(item, key, day, D(row["quantity"]), D(row["rate"]), amount, explanation)
