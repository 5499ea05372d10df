"""Report Handover Progress: how far the handing over of homes is, building by building (D24)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Sum

from kefu_property.registry import scope
from kefu_property.rules import handover_rules as rules


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart, summary. Filters: `project`, `batch`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, chart(rows), summary(rows)


def columns() -> list[dict]:
	def number(label: str, fieldname: str, width: int = 110) -> dict:
		return {"label": label, "fieldname": fieldname, "fieldtype": "Int", "width": width}

	return [
		{
			"label": _("Building"),
			"fieldname": "building",
			"fieldtype": "Link",
			"options": "Property Building",
			"width": 140,
		},
		number(_("Homes"), "total", 90),
		number(_("To Be Booked"), "to_book"),
		number(_("Booked"), "booked"),
		number(_("On Site"), "on_site"),
		number(_("Handed Over without Defects"), "clean", 130),
		number(_("Handed Over with Defects"), "with_defects", 150),
		number(_("Refused"), "refused"),
		number(_("Did Not Come"), "missing"),
		{"label": _("Handed Over in %"), "fieldname": "percent", "fieldtype": "Percent", "width": 120},
		number(_("Open Defects"), "open_defects"),
	]


GROUPS = {
	rules.TO_BE_BOOKED: "to_book",
	rules.BOOKED: "booked",
	**dict.fromkeys(rules.ON_SITE, "on_site"),
	rules.HANDED_OVER: "clean",
	rules.WITH_DEFECTS: "with_defects",
	rules.REFUSED: "refused",
	rules.ABSENT: "missing",
}


def get_rows(filters: frappe._dict) -> list[dict]:
	table = frappe.qb.DocType("Home Handover")
	query = (
		frappe.qb.from_(table)
		.select(
			table.building,
			table.status,
			Count("*").as_("homes"),
			Sum(table.open_defects).as_("open_defects"),
		)
		.where(scope.condition(table.project, filters.project))
		.groupby(table.building, table.status)
		.orderby(table.building)
	)
	if filters.batch:
		query = query.where(table.batch == filters.batch)
	buildings: dict[str, dict] = {}
	for found in query.run(as_dict=True):
		row = buildings.setdefault(
			found.building,
			{"building": found.building, "total": 0, "open_defects": 0, **dict.fromkeys(GROUPS.values(), 0)},
		)
		row["total"] += found.homes
		row[GROUPS[found.status]] += found.homes
		row["open_defects"] += int(found.open_defects or 0)
	for row in buildings.values():
		row["percent"] = rules.share(row["clean"] + row["with_defects"], row["total"])
	return list(buildings.values())


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	return {
		"type": "bar",
		"data": {
			"labels": [row["building"] for row in rows],
			"datasets": [{"name": _("Handed Over in %"), "values": [row["percent"] for row in rows]}],
		},
		"colors": ["#0d6b62"],
	}


def summary(rows: list[dict]) -> list[dict]:
	total = sum(row["total"] for row in rows)
	done = sum(row["clean"] + row["with_defects"] for row in rows)
	clean = sum(row["clean"] for row in rows)
	return [
		{"label": _("Homes"), "value": total, "datatype": "Int"},
		{
			"label": _("Handed Over in %"),
			"value": rules.share(done, total),
			"datatype": "Percent",
			"indicator": "Green",
		},
		{
			"label": _("Of Them without Defects"),
			"value": rules.share(clean, done),
			"datatype": "Percent",
			"indicator": "Blue",
		},
		{
			"label": _("Open Defects"),
			"value": sum(row["open_defects"] for row in rows),
			"datatype": "Int",
			"indicator": "Orange",
		},
	]
