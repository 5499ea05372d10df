"""Report Dormitory Room Ranking: average score of each room in cleaning and safety inspections."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder.functions import Avg, Count, Max, Sum

from kefu_property.dormitory.scope import building_column, column, scoped
from kefu_property.rules import dormitory_rules as rules


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows by place, no message, chart of the ten best. Filters: `project`, `building`, `kind`, `from_date`, `to_date`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, chart(rows)


def columns() -> list[dict]:
	return [
		column(_("Rank"), "place", "Int", 80),
		column(_("Room"), "room", "Link", 160, "Dormitory Room"),
		building_column(),
		column(_("Inspections"), "inspections", "Int", 110),
		column(_("Average Score"), "average", "Float", 120),
		column(_("Hazards"), "hazards", "Int", 90),
		column(_("Last Inspection"), "last", "Date", 120),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	head, line = frappe.qb.DocType("Dormitory Inspection"), frappe.qb.DocType("Dormitory Inspection Line")
	query = (
		frappe.qb.from_(head)
		.join(line)
		.on((line.parent == head.name) & (line.parenttype == "Dormitory Inspection"))
		.select(
			line.room,
			head.building,
			Count(line.name).as_("inspections"),
			Avg(line.score).as_("average"),
			Sum(line.hazard).as_("hazards"),
			Max(head.inspected_on).as_("last"),
		)
		.where(head.docstatus == 1)
		.groupby(line.room, head.building)
	)
	if filters.kind:
		query = query.where(head.kind == filters.kind)
	if filters.from_date:
		query = query.where(head.inspected_on >= filters.from_date)
	if filters.to_date:
		query = query.where(head.inspected_on <= filters.to_date)
	rows = scoped(query, head, filters).run(as_dict=True)
	for row in rows:
		row.average = round(float(row.average), 1)
		row.hazards = int(row.hazards or 0)
	for row, place in zip(rows, rules.places([row.average for row in rows]), strict=True):
		row.place = place
	return sorted(rows, key=lambda row: (row.place, row.room))


def chart(rows: list[dict]) -> dict | None:
	best = rows[:10]
	if not best:
		return None
	values = [row.average for row in best]
	return {
		"data": {"labels": [row.room for row in best], "datasets": [{"name": _("Average Score"), "values": values}]},
		"type": "bar",
	}
