"""Receipts of a project by number, with the numbers that are missing and the reason of each reversal (S2)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import today

from kefu_property.billing import reporting
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Fee Payment")
	columns = [
		reporting.column("receipt_no", _("Receipt No"), width=150),
		reporting.column("posting_date", _("Date"), "Date", 100),
		reporting.column("payer_name", _("Payer"), width=130),
		reporting.column("method", _("Method"), width=110),
		reporting.column("amount", _("Amount"), "Currency", 120),
		reporting.column("status", _("Status"), width=100),
		reporting.column("cashier", _("Cashier"), "Link", 160, "User"),
		reporting.column("note", _("Remark"), width=260),
		reporting.column("name", _("Document"), "Link", 120, "Fee Payment"),
	]
	rows = register(filters)
	received = sum((D(row["amount"]) for row in rows if row.get("amount") and row["method_code"] != "Prepayment"), D(0))
	missing = sum(1 for row in rows if not row.get("name"))
	summary = [
		{"label": _("Money Received"), "value": received, "datatype": "Currency", "indicator": "Green"},
		{
			"label": _("Missing Numbers"),
			"value": missing,
			"datatype": "Int",
			"indicator": "Red" if missing else "Green",
		},
	]
	return columns, rows, None, None, summary


def register(filters: frappe._dict) -> list[dict]:
	allowed = reporting.projects(filters)
	if not allowed:
		return []
	payments = frappe.get_all(
		"Fee Payment",
		filters={
			"project": ["in", allowed],
			"docstatus": 1,
			"posting_date": ["between", [filters.from_date or "1900-01-01", filters.to_date or today()]],
		},
		fields=[
			"name",
			"project",
			"receipt_no",
			"posting_date",
			"payer_name",
			"method",
			"amount",
			"status",
			"cashier",
			"reason",
			"reversal_of",
			"reversed_by",
		],
		order_by="project, receipt_no",
	)
	numbers = {row.name: row.receipt_no for row in payments}
	rows: list[dict] = []
	gaps: list[str] = []
	last: dict[str, tuple[str, int]] = {}
	for payment in payments:
		prefix, number = split_number(payment.receipt_no)
		if payment.project in last and last[payment.project][0] == prefix:
			width = len(payment.receipt_no) - len(prefix)
			skipped = [f"{prefix}{gap:0{width}d}" for gap in range(last[payment.project][1] + 1, number)]
			gaps += skipped
			rows += [{"receipt_no": gap, "method_code": "", "note": _("This number is missing.")} for gap in skipped]
		last[payment.project] = (prefix, number)
		note = payment.reason or ""
		if payment.reversal_of:
			note = _("Reverses {0}: {1}").format(numbers.get(payment.reversal_of, payment.reversal_of), note)
		elif payment.reversed_by:
			note = _("Reversed by {0}").format(numbers.get(payment.reversed_by, payment.reversed_by))
		rows.append(
			{
				**payment,
				"method_code": payment.method,
				"method": _(payment.method),
				"status": _(payment.status),
				"note": note,
			}
		)
	# a number outside of the chosen days is not missing
	elsewhere = (
		set(frappe.get_all("Fee Payment", filters={"receipt_no": ["in", gaps]}, pluck="receipt_no")) if gaps else set()
	)
	return [row for row in rows if row.get("name") or row["receipt_no"] not in elsewhere]


def split_number(receipt_no: str) -> tuple[str, int]:
	digits = len(receipt_no) - len(receipt_no.rstrip("0123456789"))
	return receipt_no[: len(receipt_no) - digits], int(receipt_no[len(receipt_no) - digits :] or 0)
