"""Report Budget and Spending: budget, commitments and spending of a year by item, also of what has no budget (S1)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import cint, getdate, today

from kefu_property.office import budget
from kefu_property.rules import budget_rules
from kefu_property.rules.money import D, sum_money
from kefu_property.suite import row_rules

LEVELS = {"ok": "Within Budget", "warn": "Nearly Used Up", "block": "Used Up"}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart, summary. Filters: `project`, `year` (default this year)."""
	filters = frappe._dict(filters or {})
	if not frappe.has_permission("Yearly Budget"):
		frappe.throw(_("You may not read this report."), frappe.PermissionError)
	year = cint(filters.year) or getdate(today()).year
	rows = []
	for project in projects(filters.project):
		rows += rows_of(project, year)
	return columns(), rows, None, chart(rows), summary(rows)


def projects(chosen: str | None) -> list[str]:
	user = frappe.session.user
	allowed = (
		frappe.get_all("Property Project", pluck="name")
		if row_rules.sees_all_projects(user)
		else row_rules.projects_of(user)
	)
	return [name for name in allowed if not chosen or name == chosen]


def rows_of(project: str, year: int) -> list[dict]:
	"""Rows of one project: `budget_item`, `amount`, `committed`, `spent`, `available`, `used` (percent), `level`."""
	totals = budget.totals(project, year)
	line, paper = frappe.qb.DocType("Yearly Budget Line"), frappe.qb.DocType("Yearly Budget")
	lines = (
		frappe.qb.from_(line)
		.join(paper)
		.on(paper.name == line.parent)
		.select(line.budget_item, line.amount, line.warn_percent, line.block_percent)
		.where((paper.project == project) & (paper.year == year) & (paper.docstatus == 1))
		.orderby(line.idx)
		.run(as_dict=True)
	)
	known = {row.budget_item for row in lines}
	lines += [
		frappe._dict(budget_item=item, amount=0, warn_percent=0, block_percent=100)
		for item in sorted({item for item, _kind in totals} - known)
	]
	names = dict(frappe.get_all("Budget Item", fields=["name", "item_name"], as_list=True))
	rows = []
	for row in lines:
		amount = D(row.amount)
		committed, spent = (
			totals.get((row.budget_item, kind), budget.ZERO) for kind in (budget.COMMITMENT, budget.SPENDING)
		)
		used = committed + spent
		level = budget_rules.level(amount, used, D(row.warn_percent or 0), D(row.block_percent or 0))
		rows.append(
			{
				"project": project,
				"budget_item": row.budget_item,
				"item_name": names.get(row.budget_item),
				"amount": amount,
				"committed": committed,
				"spent": spent,
				"available": budget_rules.available(amount, committed, spent),
				"used": round(100 * used / amount, 1) if amount else Decimal(100 if used else 0),
				"level": level,
				"level_text": _(LEVELS[level]) if row.budget_item in known else _("Not Budgeted"),
			}
		)
	return rows


def columns() -> list[dict]:
	def money(label: str, fieldname: str) -> dict:
		return {"label": label, "fieldname": fieldname, "fieldtype": "Currency", "width": 130}

	return [
		{
			"label": _("Project"),
			"fieldname": "project",
			"fieldtype": "Link",
			"options": "Property Project",
			"width": 110,
		},
		{
			"label": _("Item Code"),
			"fieldname": "budget_item",
			"fieldtype": "Link",
			"options": "Budget Item",
			"width": 110,
		},
		{"label": _("Budget Item"), "fieldname": "item_name", "fieldtype": "Data", "width": 160},
		money(_("Budget"), "amount"),
		money(_("Committed"), "committed"),
		money(_("Spent"), "spent"),
		money(_("Still Available"), "available"),
		{"label": _("Used"), "fieldname": "used", "fieldtype": "Percent", "width": 90},
		{"label": _("Status"), "fieldname": "level_text", "fieldtype": "Data", "width": 120},
	]


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	shown = rows[:12]
	return {
		"data": {
			"labels": [row["item_name"] or row["budget_item"] for row in shown],
			"datasets": [
				{"name": _("Budget"), "values": [str(row["amount"]) for row in shown]},
				{"name": _("Spent"), "values": [str(row["spent"]) for row in shown]},
			],
		},
		"type": "bar",
		"colors": ["#94a3b8", "#0d6b62"],
	}


def summary(rows: list[dict]) -> list[dict]:
	def total(field: str) -> Decimal:
		return sum_money(row[field] for row in rows)

	return [
		{"label": _("Budget"), "value": total("amount"), "datatype": "Currency"},
		{"label": _("Committed"), "value": total("committed"), "datatype": "Currency", "indicator": "Orange"},
		{"label": _("Spent"), "value": total("spent"), "datatype": "Currency", "indicator": "Blue"},
		{"label": _("Still Available"), "value": total("available"), "datatype": "Currency", "indicator": "Green"},
	]
