"""Money on the director's operations board (S2)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.query_builder.functions import Sum
from frappe.utils import get_first_day

from kefu_property.billing.report.fee_collection_rate.fee_collection_rate import collected
from kefu_property.rules.money import D
from kefu_property.rules.operations_rules import share


def board(projects: list[str], day) -> list[dict]:
	"""Extension point `operations_board`: collection rate of the year, money of the day and of the month, what is unpaid."""
	year = frappe._dict(from_date=f"{day.year}-01-01", to_date=day)
	rows = {row.label: row for row in collected("i.project", projects, year)}
	due = {name: row.billed - row.waived for name, row in rows.items()}
	month = _received(projects, get_first_day(day), day)
	today = _received(projects, day, day)
	zero = Decimal("0.00")
	collection = {"report": "Fee Collection Rate", "options": {"from_date": f"{day.year}-01-01"}}
	received = {"report": "Daily Cash Book", "options": {"from_date": str(day), "to_date": str(day)}}
	return [
		{
			"key": "collection",
			"title": _("Collection"),
			"order": 10,
			"figures": [
				{
					"key": "collection_rate",
					"label": _("Collection Rate of the Year"),
					"unit": "%",
					"values": {name: share(row.paid, due[name]) for name, row in rows.items()},
					"total": share(sum((row.paid for row in rows.values()), zero), sum(due.values(), zero)),
					"good": 90,
					"warn": 75,
					**collection,
				},
				_money("received_today", _("Money Received Today"), projects, today, received),
				_money("received_month", _("Received This Month"), projects, month, collection),
				_money(
					"unpaid",
					_("Unpaid and Due"),
					projects,
					{name: row.open for name, row in rows.items()},
					{"report": "Arrears Ageing", "options": {}},
				),
			],
		}
	]


def _money(key: str, label: str, projects: list[str], values: dict[str, Decimal], target: dict) -> dict:
	zero = Decimal("0.00")
	return {
		"key": key,
		"label": label,
		"unit": _("yuan"),
		"values": {name: values.get(name, zero) for name in projects},
		"total": sum(values.values(), zero),
		**target,
	}


def _received(projects: list[str], start, end) -> dict[str, Decimal]:
	payment = frappe.qb.DocType("Fee Payment")
	rows = (
		frappe.qb.from_(payment)
		.select(payment.project, Sum(payment.amount))
		.where(payment.project.isin(projects) & (payment.docstatus == 1) & (payment.method != "Prepayment"))
		.where(payment.posting_date[start:end])
		.groupby(payment.project)
		.run()
	)
	return {project: D(total or 0) for project, total in rows}
