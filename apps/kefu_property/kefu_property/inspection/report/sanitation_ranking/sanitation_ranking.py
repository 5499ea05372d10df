"""Report Sanitation Ranking: areas by the points of their checks (D5)."""

from __future__ import annotations

import frappe
from frappe import _
from pypika.functions import Avg, Count, Max, Min

from kefu_property.inspection.figures import column, in_my_projects, period
from kefu_property.rules import inspection_rules as rules
from kefu_property.rules.money import D, round_money


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows from the best on, no message, chart. Filters: `project`, `from_date`, `to_date`, `building`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, chart(rows)


def columns() -> list[dict]:
	return [
		column(_("Rank"), "rank", "Int", 70),
		column(_("Sanitation Area"), "facility_name", width=200),
		column(_("Where It Is"), "location", width=170),
		column(_("Cleaner"), "cleaner", width=120),
		column(_("Average Score"), "average", "Float", 110),
		column(_("Lowest"), "lowest", "Float", 90),
		column(_("Highest"), "highest", "Float", 90),
		column(_("Number of Checks"), "checks", "Int", 80),
		column(_("Rectifications Open"), "open_rectifications", "Int", 120),
		column(_("Facility"), "facility", "Link", 150, "Facility"),
		column(_("Project"), "project", "Link", 110, "Property Project"),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	task, area = frappe.qb.DocType("Inspection Task"), frappe.qb.DocType("Facility")
	first, last = period(filters)
	query = (
		frappe.qb.from_(task)
		.join(area)
		.on(area.name == task.facility)
		.select(
			task.facility,
			task.project,
			area.facility_name,
			area.location,
			area.cleaner,
			area.open_rectifications,
			Avg(task.score).as_("average"),
			Min(task.score).as_("lowest"),
			Max(task.score).as_("highest"),
			Count("*").as_("checks"),
		)
		.where((task.purpose == "Scoring") & (task.status == "Done") & task.scheduled_for[first:last])
		.groupby(task.facility)
	)
	query = in_my_projects(query, task)
	if filters.project:
		query = query.where(task.project == filters.project)
	if filters.building:
		query = query.where(area.building == filters.building)
	rows = query.run(as_dict=True)
	for row in rows:
		row.average = round_money(D(str(row.average)), "0.1")
	rows.sort(key=lambda row: (-row.average, row.facility))
	for row, place in zip(rows, rules.ranked([row.average for row in rows]), strict=True):
		row["rank"] = place
	return rows


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	return {
		"data": {
			"labels": [row.facility_name for row in rows[:20]],
			"datasets": [{"name": _("Average Score"), "values": [float(row.average) for row in rows[:20]]}],
		},
		"type": "bar",
		"colors": ["#0d6b62"],
	}
