"""Report Dormitory Costs: water, power and rent by building and month; who bears them."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.dormitory.scope import building_column, column, scoped
from kefu_property.rules.money import D, sum_money

MONEY = ("water_cost", "power_cost", "rent_total", "staff_total", "company_total")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows by sheet, no message, chart by month, summary. Filters: `project`, `building`, `from_date`, `to_date`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, chart(rows), summary(rows)


def columns() -> list[dict]:
	return [
		column(_("Month"), "month", width=90),
		building_column(),
		column(_("Sheet"), "name", "Link", 170, "Dormitory Meter Sheet"),
		column(_("Persons"), "people", "Int", 80),
		column(_("Water (t)"), "water_used", "Float", 100),
		column(_("Cost of Water"), "water_cost", "Currency", 120),
		column(_("Power (kWh)"), "power_used", "Float", 110),
		column(_("Cost of Power"), "power_cost", "Currency", 120),
		column(_("Rent"), "rent_total", "Currency", 110),
		column(_("Shared by Staff"), "staff_total", "Currency", 120),
		column(_("Borne by the Company"), "company_total", "Currency", 130),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	sheet = frappe.qb.DocType("Dormitory Meter Sheet")
	query = (
		frappe.qb.from_(sheet)
		.select(sheet.name, sheet.building, sheet.period_start, *(sheet[field] for field in MONEY))
		.where(sheet.docstatus == 1)
		.orderby(sheet.period_start)
		.orderby(sheet.building)
	)
	if filters.from_date:
		query = query.where(sheet.period_end >= filters.from_date)
	if filters.to_date:
		query = query.where(sheet.period_start <= filters.to_date)
	rows = scoped(query, sheet, filters).run(as_dict=True)
	names = [row.name for row in rows] or [""]
	used = frappe.db.sql(
		"""select parent, sum(water_used) water_used, sum(power_used) power_used from `tabDormitory Meter Line`
		where parent in %(names)s group by parent""",
		{"names": tuple(names)},
		as_dict=True,
	)
	people = frappe.db.sql(
		"""select parent, count(distinct staff) people from `tabDormitory Cost Share`
		where parent in %(names)s group by parent""",
		{"names": tuple(names)},
		as_dict=True,
	)
	facts = {row.parent: row for row in used}
	heads = {row.parent: row.people for row in people}
	for row in rows:
		row.month = str(row.period_start)[:7]
		row.water_used, row.power_used = facts[row.name].water_used, facts[row.name].power_used
		row.people = heads.get(row.name, 0)
		for field in MONEY:
			row[field] = D(str(row[field] or 0))
	return rows


def chart(rows: list[dict]) -> dict | None:
	months = list(dict.fromkeys(row.month for row in rows))
	if not months:
		return None
	sets = [
		{
			"name": label,
			"values": [sum_money(row[field] for row in rows if row.month == month) for month in months],
		}
		for label, field in ((_("Shared by Staff"), "staff_total"), (_("Borne by the Company"), "company_total"))
	]
	return {"data": {"labels": months, "datasets": sets}, "type": "bar", "barOptions": {"stacked": 1}}


def summary(rows: list[dict]) -> list[dict]:
	return [
		{
			"label": label,
			"value": sum_money(row[field] for row in rows),
			"datatype": "Currency",
			"indicator": colour,
		}
		for label, field, colour in (
			(_("Cost of Water"), "water_cost", "Blue"),
			(_("Cost of Power"), "power_cost", "Blue"),
			(_("Shared by Staff"), "staff_total", "Green"),
			(_("Borne by the Company"), "company_total", "Orange"),
		)
	]
