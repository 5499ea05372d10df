"""Report Facility Life and Cost: age, rest of life, what a facility cost to buy and to keep (D5)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate, today
from pypika.functions import Coalesce, Sum

from kefu_property.inspection.figures import column, in_my_projects, year
from kefu_property.rules.money import D, round_money, sum_money


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, rows, no message, no chart, summary. Filters: `project`, `kind`, `category`, `from_date`, `to_date`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, None, summary(rows)


def columns() -> list[dict]:
	return [
		column(_("Facility"), "facility", "Link", 150, "Facility"),
		column(_("Facility Name"), "facility_name", width=180),
		column(_("Category"), "category_text", width=130),
		column(_("Facility Condition"), "status_text", width=90),
		column(_("Installed On"), "installed_on", "Date", 110),
		column(_("End of Life"), "end_of_life", "Date", 110),
		column(_("Life Used %"), "life_used", "Float", 100),
		column(_("Warranty Until"), "warranty_until", "Date", 110),
		column(_("Purchase Cost"), "purchase_cost", "Currency", 120),
		column(_("Cost in the Period"), "period_cost", "Currency", 120),
		column(_("Maintenance Cost So Far"), "maintenance_cost", "Currency", 130),
		column(_("Cost against Purchase %"), "share", "Float", 120),
		column(_("Project"), "project", "Link", 110, "Property Project"),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	facility = frappe.qb.DocType("Facility")
	query = (
		frappe.qb.from_(facility)
		.select(
			facility.name.as_("facility"),
			facility.project,
			facility.facility_name,
			facility.category,
			facility.status,
			facility.installed_on,
			facility.end_of_life,
			facility.warranty_until,
			facility.purchase_cost,
			facility.maintenance_cost,
		)
		.where(facility.status != "Scrapped")
		.orderby(facility.end_of_life.isnull())
		.orderby(facility.end_of_life)
		.orderby(facility.name)
	)
	query = in_my_projects(query, facility)
	for fieldname in ("project", "kind", "category"):
		if filters.get(fieldname):
			query = query.where(facility[fieldname] == filters[fieldname])
	rows = query.run(as_dict=True)
	costs = costs_of([row.facility for row in rows], *year(filters))
	day = getdate(today())
	for row in rows:
		row.category_text, row.status_text = _(row.category), _(row.status)
		row.period_cost = costs.get(row.facility, D(0))
		bought, kept = D(str(row.purchase_cost or 0)), D(str(row.maintenance_cost or 0))
		row.share = round_money(kept * 100 / bought, "0.1") if bought else None
		row.life_used = None
		if row.installed_on and row.end_of_life:
			whole = (row.end_of_life - row.installed_on).days
			row.life_used = round_money(D((day - row.installed_on).days) * 100 / D(whole), "0.1")
	return rows


def costs_of(names: list[str], first, last) -> dict:
	"""Accepted maintenance and closed rectifications of the period, by facility."""
	work, defect = frappe.qb.DocType("Facility Maintenance"), frappe.qb.DocType("Rectification")
	rows = (
		frappe.qb.from_(work)
		.select(work.facility, Coalesce(Sum(work.cost), 0))
		.where(work.facility.isin(names or [""]) & (work.status == "Work Accepted") & work.done_on[first:last])
		.groupby(work.facility)
		.run()
	)
	rows += (
		frappe.qb.from_(defect)
		.select(defect.facility, Coalesce(Sum(defect.cost), 0))
		.where(defect.facility.isin(names or [""]) & (defect.status == "Closed"))
		.where(defect.rectified_on[first : frappe.utils.add_days(last, 1)])
		.groupby(defect.facility)
		.run()
	)
	found: dict = {}
	for name, cost in rows:
		found[name] = found.get(name, D(0)) + D(cost)
	return found


def summary(rows: list[dict]) -> list[dict]:
	day = getdate(today())
	return [
		{"label": _("Facilities"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{
			"label": _("Beyond Its Life"),
			"value": len([row for row in rows if row.end_of_life and row.end_of_life < day]),
			"datatype": "Int",
			"indicator": "Red",
		},
		{
			"label": _("Cost in the Period"),
			"value": sum_money(row.period_cost for row in rows),
			"datatype": "Currency",
			"indicator": "Orange",
		},
	]
