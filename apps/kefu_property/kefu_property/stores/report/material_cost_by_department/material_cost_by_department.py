"""Report Material Cost by Department: what each department used in each month, against its budget (D15)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import frappe
from frappe import _
from frappe.query_builder.functions import DateFormat, Sum
from frappe.utils import add_months, get_first_day, getdate, today

from kefu_property.rules.money import D, sum_money
from kefu_property.stores import scope


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns (one per month), rows (one per department), no message, chart. Filters: `project`, `from_date`, `to_date`.

	Issues count, returns and reversals lower them in the month in which they were posted; yuan. The last row is repairs and
	other documents without a department.
	"""
	filters = frappe._dict(filters or {})
	months = months_between(filters.from_date, filters.to_date)
	rows = get_rows(filters, months)
	return columns(months), rows, None, chart(rows, months)


def months_between(start, end) -> list[str]:
	"""Months from `start` to `end` as 2024-05, both included; by default the last six."""
	last = get_first_day(getdate(end or today()))
	month = get_first_day(getdate(start)) if start else add_months(last, -5)
	months = []
	while month <= last:
		months.append(month.strftime("%Y-%m"))
		month = add_months(month, 1)
	return months


def columns(months: list[str]) -> list[dict]:
	return [
		{"label": _("Department"), "fieldname": "department_name", "fieldtype": "Data", "width": 180},
		*({"label": month, "fieldname": month, "fieldtype": "Currency", "width": 110} for month in months),
		{"label": _("Total"), "fieldname": "total", "fieldtype": "Currency", "width": 120},
		{"label": _("Budget"), "fieldname": "budget", "fieldtype": "Currency", "width": 120},
		{"label": _("Budget Used (%)"), "fieldname": "used", "fieldtype": "Percent", "width": 110},
	]


def get_rows(filters: frappe._dict, months: list[str]) -> list[dict]:
	row = frappe.qb.DocType("Store Ledger Row")
	month = DateFormat(row.posting_date, "%Y-%m")
	query = (
		frappe.qb.from_(row)
		.select(row.department, month.as_("month"), Sum(row.value).as_("value"))
		.where(row.kind.isin(["Goods Issue", "Goods Return"]))
		.where(row.posting_date >= f"{months[0]}-01")
		.where(row.posting_date < add_months(getdate(f"{months[-1]}-01"), 1))
		.groupby(row.department, month)
	)
	cost: dict = defaultdict(dict)
	for line in scope.limit(query, row, filters).run(as_dict=True):
		cost[line.department or ""][line.month] = -D(line.value)
	departments = {
		line.name: line
		for line in frappe.get_all(
			"Cost Department",
			filters={"name": ["in", list(cost)]},
			fields=["name", "department_name", "monthly_budget"],
			order_by="name",
		)
	}
	rows = []
	for name in sorted(cost, key=lambda name: (not name, name)):
		total = sum_money(cost[name].values())
		budget = D(departments[name].monthly_budget) * len(months) if name else Decimal(0)
		rows.append(
			frappe._dict(
				department=name or None,
				department_name=departments[name].department_name if name else _("Repairs and Other Work"),
				total=total,
				budget=budget or None,
				used=(total / budget * 100).quantize(Decimal("0.1")) if budget else None,
				**{month: cost[name].get(month, Decimal(0)) for month in months},
			)
		)
	return rows


def chart(rows: list[dict], months: list[str]) -> dict | None:
	if not rows:
		return None
	sets = [{"name": row.department_name, "values": [row[month] for month in months]} for row in rows]
	return {"data": {"labels": months, "datasets": sets}, "type": "bar", "barOptions": {"stacked": 1}}
