"""Collection rate: what has been paid of the bills due in a period, by project, building, item or month (S2)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import today

from kefu_property.billing import reporting
from kefu_property.rules.money import D

GROUPS = {
	"Project": ("i.project", "Property Project"),
	"Building": ("i.building", "Property Building"),
	"Item": ("l.fee_item", "Fee Item"),
	"Month": ("date_format(i.period_start, '%%Y-%%m')", None),
}


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Fee Invoice")
	group = filters.group_by if filters.group_by in GROUPS else "Building"
	expression, doctype = GROUPS[group]
	label = {"Project": _("Project"), "Building": _("Building"), "Item": _("Fee Item"), "Month": _("Month")}[group]
	columns = [
		reporting.column("label", label, "Link" if doctype else "Data", 180, doctype),
		reporting.column("bills", _("Bills"), "Int", 90),
		reporting.column("billed", _("Billed"), "Currency", 140),
		reporting.column("paid", _("Paid"), "Currency", 140),
		reporting.column("open", _("Unpaid"), "Currency", 140),
		reporting.column("rate", _("Collection Rate"), "Percent", 120),
	]
	allowed = reporting.projects(filters)
	rows = collected(expression, allowed, filters) if allowed else []
	billed, paid = (sum((row[field] for row in rows), Decimal("0.00")) for field in ("billed", "paid"))
	chart = {
		"data": {
			"labels": [row.label for row in rows],
			"datasets": [{"name": _("Collection Rate"), "values": [row.rate for row in rows]}],
		},
		"type": "bar",
		"colors": ["#0d6b62"],
	}
	summary = [
		{"label": _("Billed"), "value": billed, "datatype": "Currency"},
		{"label": _("Paid"), "value": paid, "datatype": "Currency", "indicator": "Green"},
		{"label": _("Collection Rate"), "value": rate(paid, billed), "datatype": "Percent"},
	]
	return columns, rows, None, chart if rows else None, summary


def collected(expression: str, allowed: list[str], filters: frappe._dict) -> list[dict]:
	# lint: allow sql-string: the expression is one of the constants of this module
	rows = frappe.db.sql(
		f"""select {expression} label, count(distinct i.name) bills, sum(l.amount) billed, sum(l.amount - l.outstanding) paid, sum(l.outstanding) open
		from `tabFee Invoice` i join `tabFee Invoice Line` l on l.parent = i.name and l.parenttype = 'Fee Invoice'
		where i.project in %(projects)s and i.docstatus = 1 and i.due_date between %(start)s and %(end)s
		group by label order by label""",
		{"projects": tuple(allowed), "start": filters.from_date or "1900-01-01", "end": filters.to_date or today()},
		as_dict=True,
	)
	for row in rows:
		row.billed, row.paid, row.open = D(row.billed), D(row.paid), D(row.open)
		row.rate = rate(row.paid, row.billed)
	return rows


def rate(paid: Decimal, billed: Decimal) -> float:
	"""Percent with one decimal, for display."""
	return float(round(100 * paid / billed, 1)) if billed else 0.0  # lint: allow money-float: a percentage for display
