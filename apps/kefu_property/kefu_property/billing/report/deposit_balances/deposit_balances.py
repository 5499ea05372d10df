"""Deposits that the office holds, by the ledger, as of any date; what may be returned already comes with its day (D2)."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.billing import deposits, reporting
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Fee Deposit")
	columns = [
		reporting.column("name", _("Deposit"), "Link", 170, "Fee Deposit"),
		reporting.column("item", _("Deposit For"), width=130),
		reporting.column("payer_name", _("Payer"), width=120),
		reporting.column("unit", _("Unit"), "Link", 130, "Property Unit"),
		reporting.column("taken_on", _("Deposit Taken On"), "Date", 100),
		reporting.column("release_on", _("May Be Returned From"), "Date", 120),
		reporting.column("amount", _("Amount"), "Currency", 110),
		reporting.column("deducted", _("Deducted"), "Currency", 110),
		reporting.column("returned", _("Paid Back"), "Currency", 110),
		reporting.column("held", _("Held"), "Currency", 110),
	]
	day = getdate(filters.as_of or today())
	rows = deposits.held_as_of(reporting.projects(filters), day, filters.fee_item)
	by_item = defaultdict(lambda: D(0))
	for row in rows:
		row["item"] = _(row["fee_item"])
		by_item[row["item"]] += row["held"]
	due = sum((row["held"] for row in rows if row["release_on"] and getdate(row["release_on"]) <= day), D(0))
	summary = [
		{
			"label": _("Deposits Held"),
			"value": sum(by_item.values(), D(0)),
			"datatype": "Currency",
			"indicator": "Blue",
		},
		{
			"label": _("May Be Returned"),
			"value": due,
			"datatype": "Currency",
			"indicator": "Orange" if due else "Green",
		},
	]
	chart = {
		"data": {
			"labels": list(by_item),
			"datasets": [{"name": _("Held"), "values": [str(value) for value in by_item.values()]}],
		},
		"type": "bar",
	}
	return columns, rows, None, chart if by_item else None, summary
