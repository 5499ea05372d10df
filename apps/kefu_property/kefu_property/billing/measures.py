"""Figures of the fees that plans and quality objectives measure (S2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import frappe
from frappe import _

from kefu_property.billing.report.fee_collection_rate.fee_collection_rate import collected
from kefu_property.rules.money import D


def measures() -> list[dict]:
	return [
		{"name": "collection_rate", "title": _("Collection Rate"), "unit": "%", "value": collection_rate},
		{"name": "money_received", "title": _("Money Received"), "unit": _("yuan"), "value": money_received},
	]


def collection_rate(project: str, start: date, end: date) -> Decimal | None:
	"""Percent paid of what fell due in the period, waivers left out; None when nothing fell due."""
	rows = collected("i.project", [project], frappe._dict(from_date=start, to_date=end))
	due = sum((row.billed - row.waived for row in rows), Decimal(0))
	return 100 * sum((row.paid for row in rows), Decimal(0)) / due if due else None


def money_received(project: str, start: date, end: date) -> Decimal:
	"""Yuan that came in, less what was reversed; what was settled from prepayment came in before."""
	total = frappe.db.sql(
		"""select sum(amount) from `tabFee Payment`
		where project = %s and docstatus = 1 and method != 'Prepayment' and posting_date between %s and %s""",
		(project, start, end),
	)[0][0]
	return D(total)
