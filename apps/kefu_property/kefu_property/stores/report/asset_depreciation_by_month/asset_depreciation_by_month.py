"""Report Asset Depreciation by Month: depreciation of each class, or each department, in each month (D15)."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe import _
from frappe.query_builder.functions import DateFormat, Sum
from frappe.utils import add_months, getdate

from kefu_property.rules.money import D, sum_money
from kefu_property.stores import scope
from kefu_property.stores.report.material_cost_by_department.material_cost_by_department import months_between


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows, no message, chart. Filters: `project`, `by` (Asset Class or Department), `from_date`, `to_date`."""
	filters = frappe._dict(filters or {})
	months = months_between(filters.from_date, filters.to_date)
	rows = get_rows(filters, months)
	return columns(months), rows, None, chart(rows, months)


def columns(months: list[str]) -> list[dict]:
	return [
		{"label": _("Group"), "fieldname": "label", "fieldtype": "Data", "width": 180},
		*({"label": month, "fieldname": month, "fieldtype": "Currency", "width": 110} for month in months),
		{"label": _("Total"), "fieldname": "total", "fieldtype": "Currency", "width": 120},
	]


def get_rows(filters: frappe._dict, months: list[str]) -> list[dict]:
	entry, card = frappe.qb.DocType("Fixed Asset Entry"), frappe.qb.DocType("Fixed Asset Card")
	department = frappe.qb.DocType("Cost Department")
	month = DateFormat(entry.posting_date, "%Y-%m")
	group = department.department_name if filters.by == "Department" else card.asset_class
	query = (
		frappe.qb.from_(entry)
		.join(card)
		.on(card.name == entry.asset)
		.left_join(department)
		.on(department.name == entry.department)
		.select(group.as_("label"), month.as_("month"), Sum(entry.depreciation_change).as_("amount"))
		.where(entry.kind == "Depreciation")
		.where(entry.posting_date >= f"{months[0]}-01")
		.where(entry.posting_date < add_months(getdate(f"{months[-1]}-01"), 1))
		.groupby(group, month)
	)
	amounts: dict = defaultdict(dict)
	for row in scope.limit(query, entry, filters).run(as_dict=True):
		amounts[row.label or _("Without Department")][row.month] = D(row.amount)
	return [
		frappe._dict(
			label=label,
			total=sum_money(amounts[label].values()),
			**{month: amounts[label].get(month, D(0)) for month in months},
		)
		for label in sorted(amounts)
	]


def chart(rows: list[dict], months: list[str]) -> dict | None:
	if not rows:
		return None
	sets = [{"name": row.label, "values": [row[month] for month in months]} for row in rows]
	return {"data": {"labels": months, "datasets": sets}, "type": "bar", "barOptions": {"stacked": 1}}
