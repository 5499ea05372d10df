"""The cashier's day: what should be in the till, and no money in a day that has been handed in (D2).

A payment first reads the closing of its day with a shared lock, before it locks anything else. Handing in changes that row,
so it waits for payments under way and counts them, and later ones see it.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.billing.exceptions import DayClosed
from kefu_property.rules.money import D

ZERO = Decimal("0.00")
METHODS = ("Cash", "Bank Transfer", "POS Card", "QR Code", "Cheque")


def check_open(project: str, cashier: str | None, day: datetime.date | str) -> None:
	"""Raises DayClosed when the cashier's day has been handed in; holds the day open until the transaction ends."""
	if not cashier:
		return
	rows = frappe.db.sql(
		"""select workflow_state from `tabTill Closing`
		where project = %s and cashier = %s and closing_date = %s lock in share mode""",
		(project, cashier, getdate(day)),
	)
	if rows and rows[0][0] not in (None, "Draft"):
		frappe.throw(
			_(
				"The till of {0} for {1} has been handed in. Have the closing rejected, or enter this on another day."
			).format(frappe.utils.get_fullname(cashier), frappe.format(getdate(day), "Date")),
			DayClosed,
		)


def expected(project: str, cashier: str, day: datetime.date | str) -> dict:
	"""What a cashier's receipts and refunds of a day say, by the latest committed rows.

	Returns `modes` (method → receipts, received, paid_out; Decimal), `receipts`, `first` and `last` (receipt numbers).
	"""
	values = (project, getdate(day), cashier)
	received = frappe.db.sql(
		"""select method, count(*), sum(amount), min(receipt_no), max(receipt_no) from `tabFee Payment`
		where project = %s and posting_date = %s and cashier = %s and docstatus = 1 group by method lock in share mode""",
		values,
	)
	paid_out = dict(
		frappe.db.sql(
			"""select method, sum(amount) from `tabFee Refund`
			where project = %s and posting_date = %s and cashier = %s and docstatus = 1 group by method lock in share mode""",
			values,
		)
	)
	by_method = {row[0]: row for row in received}
	modes = {}
	for method in METHODS:
		row = by_method.get(method)
		if row or method == "Cash" or paid_out.get(method):
			modes[method] = {
				"receipts": row[1] if row else 0,
				"received": D(row[2] if row else 0).quantize(Decimal("0.01")),
				"paid_out": D(paid_out.get(method) or 0).quantize(Decimal("0.01")),
			}
	return {
		"modes": modes,
		"receipts": sum(row[1] for row in received),
		"first": min((row[3] for row in received), default=None),
		"last": max((row[4] for row in received), default=None),
	}
