"""Income from common parts with its running balance, apart from the fees (L19)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import today

from kefu_property.billing import common_income, reporting
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Common Income Entry")
	columns = [
		reporting.column("posting_date", _("Date"), "Date", 100),
		reporting.column("project", _("Project"), "Link", 110, "Property Project"),
		reporting.column("source_text", _("Source"), width=160),
		reporting.column("description", _("What For"), width=220),
		reporting.column("counterparty", _("Other Party"), width=140),
		reporting.column("income", _("Income"), "Currency", 120),
		reporting.column("expense", _("Expense"), "Currency", 120),
		reporting.column("balance", _("Balance"), "Currency", 120),
		reporting.column("name", _("Entry"), "Link", 160, "Common Income Entry"),
	]
	rows, income, expense = entries(filters)
	chart = {
		"data": {
			"labels": [_(source) for source in [*income, *expense]],
			"datasets": [
				{"name": _("Amount"), "values": [str(value) for value in [*income.values(), *expense.values()]]}
			],
		},
		"type": "bar",
	}
	summary = [
		{
			"label": _("Income"),
			"value": sum(income.values(), Decimal("0.00")),
			"datatype": "Currency",
			"indicator": "Green",
		},
		{"label": _("Expense"), "value": sum(expense.values(), Decimal("0.00")), "datatype": "Currency"},
		{"label": _("Balance"), "value": rows[-1]["balance"] if rows else Decimal("0.00"), "datatype": "Currency"},
	]
	return columns, rows, None, chart if income or expense else None, summary


def entries(filters: frappe._dict) -> tuple[list[dict], dict, dict]:
	"""(rows with running balance, sums of income by source, sums of expense by source) of approved entries."""
	allowed = reporting.projects(filters)
	if not allowed:
		return [], {}, {}
	start, end = filters.from_date or "1900-01-01", filters.to_date or today()
	found = frappe.get_all(
		"Common Income Entry",
		filters={"project": ["in", allowed], "workflow_state": "Approved", "posting_date": ["between", [start, end]]},
		fields=["name", "project", "posting_date", "kind", "source", "description", "counterparty", "amount"],
		order_by="posting_date, creation, name",
	)
	# lint: allow query-in-loop: one sum for each project of the reader
	balance = sum((common_income.balance(project, before=start) for project in allowed), Decimal("0.00"))
	rows = [{"posting_date": start, "description": _("Brought Forward"), "balance": balance}]
	sums: dict[str, dict[str, Decimal]] = {"Income": {}, "Expense": {}}
	for row in found:
		amount = D(row.amount)
		balance += amount if row.kind == "Income" else -amount
		of_kind = sums[row.kind]
		of_kind[row.source] = of_kind.get(row.source, Decimal("0.00")) + amount
		rows.append({**row, "source_text": _(row.source), frappe.scrub(row.kind): amount, "balance": balance})
	return rows, sums["Income"], sums["Expense"]
