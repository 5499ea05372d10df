"""My bills, and one of them with its arithmetic in words (L16)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.query_builder.functions import Sum
from frappe.utils import getdate, today

from kefu_property.billing import api, channels, explain
from kefu_property.billing.portal.access import mine, own
from kefu_property.rules.money import D

PAGE_LENGTH = 24
TONES = {"Unpaid": "info", "Partly Paid": "wait", "Paid": "good", "Cancelled": "plain"}


def get_context(context):
	if context.rest:
		return one_bill(context)
	residents = mine()
	page = max(frappe.utils.cint(frappe.form_dict.get("page")), 1)
	paid = frappe.form_dict.get("show") == "paid"
	filters = {"resident": ["in", residents], "docstatus": 1, "outstanding": ["=" if paid else ">", 0]}
	bills = (
		frappe.get_all(
			"Fee Invoice",
			filters=filters,
			fields=["name", "title", "period_start", "due_date", "total", "outstanding", "status"],
			order_by="due_date desc, name" if paid else "due_date, name",
			limit_start=(page - 1) * PAGE_LENGTH,
			limit_page_length=PAGE_LENGTH,
		)
		if residents
		else []
	)
	for bill in bills:
		bill.overdue = bool(D(bill.outstanding)) and getdate(bill.due_date) < getdate(today())
		bill.tone = "bad" if bill.overdue else TONES[bill.status]
		bill.label = _("Past due") if bill.overdue else _(bill.status)
	count = frappe.db.count("Fee Invoice", filters) if residents else 0
	context.update(
		{
			"title": _("My bills"),
			"bills": bills,
			"paid": paid,
			"payable": bool(bills) and not paid and bool(channels.names()),
			"page": page,
			"pages": -(-count // PAGE_LENGTH),
			"open_total": api.balance(resident=residents) if residents else Decimal(0),
			"prepaid": api.prepayment(residents) if residents else Decimal(0),
		}
	)


def one_bill(context):
	bill = own("Fee Invoice", context.rest)
	context.update(
		{
			"title": _("Bill"),
			"bill": bill,
			"lines": explain.explain(bill),
			"label": _(bill.status),
			"tone": TONES[bill.status],
			"receipts": receipts_of(bill.name),
			"payable": bill.docstatus == 1 and bool(D(bill.outstanding)) and bool(channels.names()),
			"template": "kefu_property/billing/portal/one_bill.html",
		}
	)


def receipts_of(invoice: str) -> list[dict]:
	"""Receipts that settled a bill, for its payer."""
	allocation = frappe.qb.DocType("Fee Payment Allocation")
	rows = (
		frappe.qb.from_(allocation)
		.select(allocation.parent, Sum(allocation.amount).as_("amount"))
		.where((allocation.invoice == invoice) & (allocation.docstatus == 1))
		.groupby(allocation.parent)
		.run(as_dict=True)
	)
	payments = {
		row.name: row
		for row in frappe.get_all(
			"Fee Payment",
			filters={"name": ["in", [row.parent for row in rows]], "resident": ["in", mine()], "status": "Posted"},
			fields=["name", "receipt_no", "posting_date"],
		)
	}
	return [payments[row.parent] | {"amount": row.amount} for row in rows if row.parent in payments]


def home_cards(user: str) -> list[dict]:
	"""Card of the portal's home page: what is open (contribution to `portal_home_cards`)."""
	residents = mine()
	if not residents:
		return []
	total = api.balance(resident=residents)
	if total <= 0:
		return [
			{
				"title": _("Bills"),
				"value": _("All paid"),
				"text": "",
				"href": "/portal/bills",
				"tone": "good",
				"icon": "receipt",
				"order": 10,
			}
		]
	return [
		{
			"title": _("Open bills"),
			"value": f"¥{total:,.2f}",
			"text": "",
			"href": "/portal/bills",
			"tone": "warn",
			"icon": "receipt",
			"order": 10,
		}
	]
