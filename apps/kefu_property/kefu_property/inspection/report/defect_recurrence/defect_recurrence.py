"""Report Defect Recurrence: which defects come back, how long they take and what they cost (D5)."""

from __future__ import annotations

import frappe
from frappe import _
from pypika.functions import Avg, Count, Max, Sum
from pypika.terms import Case, CustomFunction

from kefu_property.inspection.figures import column, in_my_projects, year
from kefu_property.rules.money import D

DAYS = CustomFunction("datediff", ["later", "earlier"])


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, rows, no message, no chart, summary. Filters: `project`, `from_date`, `to_date`, `only_repeated`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, None, summary(rows)


def columns() -> list[dict]:
	return [
		column(_("Facility"), "facility", "Link", 150, "Facility"),
		column(_("Facility Name"), "facility_name", width=160),
		column(_("What Is Checked"), "item", width=220),
		column(_("Times Found"), "found", "Int", 100),
		column(_("Still Open"), "open", "Int", 90),
		column(_("Overdue"), "overdue", "Int", 90),
		column(_("Last Found"), "last_found", "Date", 110),
		column(_("Days to Closing"), "days", "Float", 110),
		column(_("Times Extended"), "extensions", "Int", 100),
		column(_("Cost"), "cost", "Currency", 110),
		column(_("Project"), "project", "Link", 110, "Property Project"),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	table = frappe.qb.DocType("Rectification")
	first, last = year(filters)
	day = frappe.utils.getdate()

	def count(condition):
		return Sum(Case().when(condition, 1).else_(0))

	found = Count("*")
	query = (
		frappe.qb.from_(table)
		.select(
			table.project,
			table.facility,
			table.item_text,
			Max(table.facility_name).as_("facility_name"),
			found.as_("found"),
			count(table.status != "Closed").as_("open"),
			count((table.status != "Closed") & (table.due_date < day)).as_("overdue"),
			Max(table.found_on).as_("last_found"),
			Avg(Case().when(table.status == "Closed", DAYS(table.approved_on, table.found_on))).as_("days"),
			Sum(table.extensions).as_("extensions"),
			Sum(table.cost).as_("cost"),
		)
		.where(table.found_on[first : frappe.utils.add_days(last, 1)])
		.groupby(table.project, table.facility, table.item_text)
		.orderby(found, order=frappe.qb.desc)
		.orderby(table.facility)
	)
	query = in_my_projects(query, table)
	if filters.project:
		query = query.where(table.project == filters.project)
	if filters.only_repeated:
		query = query.having(found > 1)
	rows = query.run(as_dict=True)
	for row in rows:
		row.item = _(row.item_text) if row.item_text else _("Reported by hand")
		row.last_found = row.last_found.date()
	return rows


def summary(rows: list[dict]) -> list[dict]:
	return [
		{"label": _("Defects"), "value": sum(row.found for row in rows), "datatype": "Int", "indicator": "Blue"},
		{
			"label": _("Found More than Once"),
			"value": len([row for row in rows if row.found > 1]),
			"datatype": "Int",
			"indicator": "Orange",
		},
		{
			"label": _("Cost"),
			"value": sum((D(str(row.cost or 0)) for row in rows), D(0)),
			"datatype": "Currency",
			"indicator": "Grey",
		},
	]
