"""My deposits: what the office holds, from when it may be returned, what was deducted and paid back."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.billing.portal.access import mine

TONES = {"Awaiting Payment": "wait", "Held": "info", "Partly Returned": "info", "Returned": "good"}


def get_context(context) -> None:
	rows = frappe.get_all(
		"Fee Deposit",
		filters={"resident": ["in", mine() or [""]], "status": ["in", list(TONES)]},
		fields=["name", "fee_item", "unit", "amount", "balance", "status", "taken_on", "release_on"],
		order_by="creation desc",
		limit_page_length=100,
	)
	refunds = frappe.get_all(
		"Fee Refund",
		filters={"fee_deposit": ["in", [row.name for row in rows] or [""]], "docstatus": 1},
		fields=["fee_deposit", "posting_date", "amount", "deducted", "reason"],
		order_by="posting_date",
	)
	for row in rows:
		row.tone = TONES[row.status]
		row.refunds = [refund for refund in refunds if refund.fee_deposit == row.name]
	context.update({"title": _("My deposits"), "deposits": rows})
