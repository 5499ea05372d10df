"""Report Dormitory Occupancy: beds of each room by status, and how full the buildings are."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import Case
from frappe.query_builder.functions import Count, Sum

from kefu_property.dormitory.scope import building_column, column, scoped

STATUSES = ("In Use", "Reserved", "Vacant", "Repair")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows by room, no message, chart by building, summary. Filters: `project`, `building`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, chart(rows), summary(rows)


def columns() -> list[dict]:
	return [
		building_column(),
		column(_("Room"), "room", "Link", 150, "Dormitory Room"),
		column(_("Floor"), "floor", "Int", 80),
		column(_("Gender Rule"), "gender", width=100),
		column(_("Beds"), "beds", "Int", 80),
		column(_("In Use"), "in_use", "Int", 80),
		column(_("Reserved"), "reserved", "Int", 80),
		column(_("Vacant"), "vacant", "Int", 80),
		column(_("Repair"), "repair", "Int", 80),
		column(_("Occupancy %"), "share", "Percent", 110),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	room, bed = frappe.qb.DocType("Dormitory Room"), frappe.qb.DocType("Dormitory Bed")
	query = (
		frappe.qb.from_(room)
		.left_join(bed)
		.on(bed.room == room.name)
		.select(room.building, room.name.as_("room"), room.floor, room.gender, Count(bed.name).as_("beds"))
		.groupby(room.name)
		.orderby(room.building, room.floor, room.name)
	)
	for status in STATUSES:
		query = query.select(Sum(Case().when(bed.status == status, 1).else_(0)).as_(frappe.scrub(status)))
	rows = scoped(query, room, filters).run(as_dict=True)
	for row in rows:
		for status in STATUSES:
			row[frappe.scrub(status)] = int(row[frappe.scrub(status)] or 0)
		row.gender = _(row.gender)
		row.share = round(100 * row.in_use / row.beds, 1) if row.beds else 0
	return rows


def chart(rows: list[dict]) -> dict | None:
	buildings = list(dict.fromkeys(row.building for row in rows))
	if not buildings:
		return None
	names = dict(
		frappe.get_all(
			"Dormitory Building", filters={"name": ["in", buildings]}, fields=["name", "building_name"], as_list=True
		)
	)
	sets = [
		{
			"name": _(status),
			"values": [sum(row[frappe.scrub(status)] for row in rows if row.building == name) for name in buildings],
		}
		for status in STATUSES
	]
	return {
		"data": {"labels": [names[name] for name in buildings], "datasets": sets},
		"type": "bar",
		"barOptions": {"stacked": 1},
		"colors": ["#2490EF", "#ECAD4B", "#29CD42", "#CB2929"],
	}


def summary(rows: list[dict]) -> list[dict]:
	beds, taken = sum(row.beds for row in rows), sum(row.in_use for row in rows)
	return [
		{"label": _("Beds"), "value": beds, "datatype": "Int", "indicator": "Blue"},
		{"label": _("Vacant"), "value": sum(row.vacant for row in rows), "datatype": "Int", "indicator": "Green"},
		{
			"label": _("Occupancy %"),
			"value": round(100 * taken / beds, 1) if beds else 0,
			"datatype": "Percent",
			"indicator": "Blue",
		},
	]
