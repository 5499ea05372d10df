"""Money received and given back, by day and way of payment (D2)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import today

from kefu_property.billing import reporting
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Fee Payment")
	rows = book(filters)
	methods = sorted({method for row in rows for method in row["methods"]})
	columns = [
		reporting.column("posting_date", _("Date"), "Date", 110),
		reporting.column("receipts", _("Receipts"), "Int", 90),
		*[reporting.column(frappe.scrub(method), _(method), "Currency", 120) for method in methods],
		reporting.column("received", _("Received"), "Currency", 130),
		reporting.column("returned", _("Reversed or Given Back"), "Currency", 150),
		reporting.column("total", _("Total"), "Currency", 130),
	]
	for row in rows:
		row.update({frappe.scrub(method): amount for method, amount in row.pop("methods").items()})
	chart = {
		"data": {
			"labels": [str(row["posting_date"]) for row in rows],
			"datasets": [{"name": _("Total"), "values": [str(row["total"]) for row in rows]}],
		},
		"type": "bar",
		"colors": ["#0d6b62"],
	}
	total = sum((row["total"] for row in rows), Decimal("0.00"))
	summary = [{"label": _("Total"), "value": total, "datatype": "Currency", "indicator": "Green"}]
	return columns, rows, None, chart if rows else None, summary


def book(filters: frappe._dict) -> list[dict]:
	"""One row a day: money in and out by way of payment; what was settled from prepayment is no money of the day."""
	allowed = reporting.projects(filters)
	if not allowed:
		return []
	values = {"projects": tuple(allowed), "start": filters.from_date or "1900-01-01", "end": filters.to_date or today()}
	found = frappe.db.sql(
		"""select posting_date, method, sum(amount > 0) receipts, sum(if(amount > 0, amount, 0)) received, sum(if(amount < 0, -amount, 0)) returned
		from `tabFee Payment`
		where project in %(projects)s and docstatus = 1 and method != 'Prepayment' and posting_date between %(start)s and %(end)s
		group by posting_date, method order by posting_date, method""",
		values,
		as_dict=True,
	)
	days: dict = {}
	for row in found:
		day = days.setdefault(
			row.posting_date,
			{
				"posting_date": row.posting_date,
				"receipts": 0,
				"methods": defaultdict(Decimal),
				"received": Decimal("0.00"),
				"returned": Decimal("0.00"),
			},
		)
		day["receipts"] += int(row.receipts)
		day["methods"][row.method] += D(row.received) - D(row.returned)
		day["received"] += D(row.received)
		day["returned"] += D(row.returned)
	return [{**day, "total": day["received"] - day["returned"]} for day in days.values()]
