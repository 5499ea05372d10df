"""Report Fire Compliance: monthly check and yearly full test of each fire facility, open defects (D5, L23)."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, getdate, today
from pypika.functions import Count, Max
from pypika.terms import Case

from kefu_property.inspection.figures import column, in_my_projects, percent

#: a month with the days that a plan allows; a year with the same month's grace of nobody
CHECK_DAYS, TEST_DAYS = 38, 366


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, rows, no message, no chart, summary. Filters: `project`, `building`, `only_overdue`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, None, summary(rows)


def columns() -> list[dict]:
	return [
		column(_("Facility"), "facility", "Link", 150, "Facility"),
		column(_("Facility Name"), "facility_name", width=180),
		column(_("Category"), "category_text", width=130),
		column(_("Where It Is"), "location", width=160),
		column(_("State"), "state_text", width=110),
		column(_("Last Check"), "last_check", "Date", 110),
		column(_("Last Full Test"), "last_test", "Date", 110),
		column(_("Next Check"), "next_check_on", "Date", 110),
		column(_("Rectifications Open"), "defects", "Int", 120),
		column(_("End of Life"), "end_of_life", "Date", 110),
		column(_("Project"), "project", "Link", 110, "Property Project"),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	facility, task, defect = (frappe.qb.DocType(name) for name in ("Facility", "Inspection Task", "Rectification"))
	done = (
		frappe.qb.from_(task)
		.select(
			task.facility,
			Max(task.done_on).as_("last_check"),
			Max(Case().when(task.purpose == "Full Test", task.done_on)).as_("last_test"),
		)
		.where((task.status == "Done") & (task.kind == "Fire"))
		.groupby(task.facility)
	).as_("done")
	defects = (
		frappe.qb.from_(defect)
		.select(defect.facility, Count("*").as_("defects"))
		.where(defect.status != "Closed")
		.groupby(defect.facility)
	).as_("defects")
	query = (
		frappe.qb.from_(facility)
		.left_join(done)
		.on(done.facility == facility.name)
		.left_join(defects)
		.on(defects.facility == facility.name)
		.select(
			facility.name.as_("facility"),
			facility.project,
			facility.facility_name,
			facility.category,
			facility.location,
			facility.installed_on,
			facility.next_check_on,
			facility.end_of_life,
			facility.creation,
			done.last_check,
			done.last_test,
			defects.defects,
		)
		.where((facility.kind == "Fire") & facility.status.isin(("In Use", "Under Repair")))
		.orderby(facility.project)
		.orderby(facility.name)
	)
	query = in_my_projects(query, facility)
	if filters.project:
		query = query.where(facility.project == filters.project)
	if filters.building:
		query = query.where(facility.building == filters.building)
	rows = query.run(as_dict=True)
	day = getdate(today())
	for row in rows:
		row.state = state_of(row, day)
		row.state_text = _(row.state)
		row.category_text = _(row.category)
		for fieldname in ("last_check", "last_test"):
			row[fieldname] = row[fieldname].date() if row[fieldname] else None
	return [row for row in rows if row.state != "In Order"] if filters.only_overdue else rows


def state_of(row: dict, day: date) -> str:
	"""In Order, Check Overdue, Full Test Overdue or Beyond Its Life; a new facility has its first periods to be checked."""
	begun = getdate(row.installed_on or row.creation)
	if row.end_of_life and row.end_of_life < day:
		return "Beyond Its Life"
	if getdate(row.last_test or begun) < getdate(add_days(day, -TEST_DAYS)):
		return "Full Test Overdue"
	if getdate(row.last_check or row.creation) < getdate(add_days(day, -CHECK_DAYS)):
		return "Check Overdue"
	return "In Order"


def summary(rows: list[dict]) -> list[dict]:
	good = len([row for row in rows if row.state == "In Order"])
	rate = percent(good, len(rows))
	return [
		{"label": _("Fire Facilities"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Not in Order"), "value": len(rows) - good, "datatype": "Int", "indicator": "Red"},
		{
			"label": _("In Order %"),
			"value": rate if rate is not None else "–",
			"datatype": "Data",
			"indicator": "Green",
		},
	]
