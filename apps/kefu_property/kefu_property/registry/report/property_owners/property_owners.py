"""Owners (业主) on a day: one row per owner with all homes, areas and shares (D1)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.registry import scope
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	rows = owners(getdate(filters.get("on_date")), filters.get("project"), filters.get("building"))
	if filters.get("several"):
		rows = [row for row in rows if row["home_count"] > 1]
	return columns(), rows


def owners(day, project: str | None = None, building: str | None = None) -> list[dict]:
	occupancy, unit, resident = (frappe.qb.DocType(name) for name in ("Unit Occupancy", "Property Unit", "Resident"))
	query = (
		frappe.qb.from_(occupancy)
		.join(unit)
		.on(unit.name == occupancy.unit)
		.join(resident)
		.on(resident.name == occupancy.resident)
		.select(
			resident.name.as_("resident"),
			resident.resident_name,
			resident.resident_type,
			resident.phone_masked,
			resident.id_masked,
			resident.user,
			occupancy.project,
			occupancy.share,
			occupancy.is_payer,
			unit.unit_code,
			unit.building_area,
		)
		.where(
			occupancy.relation.isin(["Owner", "Co-owner"])
			& (occupancy.from_date <= day)
			& (occupancy.to_date.isnull() | (occupancy.to_date >= day))
			& scope.condition(occupancy.project, project)
		)
		.orderby(resident.name_key, resident.name, unit.name)
	)
	if building:
		query = query.where(unit.building == building)
	found: dict[str, dict] = {}
	for row in query.run(as_dict=True):
		owner = found.setdefault(
			row.resident,
			{
				**{key: row[key] for key in ("resident", "resident_name", "phone_masked", "id_masked", "project")},
				"resident_type": _(row.resident_type),
				"portal": int(bool(row.user)),
				"homes": [],
				"area": D(0),
				"pays": 0,
			},
		)
		share = f" ({row.share:g} %)" if row.share and row.share != 100 else ""
		owner["homes"].append(f"{row.unit_code}{share}")
		owner["area"] += D(row.building_area)
		owner["pays"] += row.is_payer
	return [
		{
			**row,
			"resident_type": _(row["resident_type"]),
			"home_count": len(row["homes"]),
			"homes": ", ".join(row["homes"]),
		}
		for row in found.values()
	]


def columns() -> list[dict]:
	return [
		# the name opens the record; its key tells nobody anything
		{"fieldname": "resident", "label": _("Resident"), "fieldtype": "Link", "options": "Resident", "hidden": 1},
		{"fieldname": "resident_name", "label": _("Name"), "fieldtype": "Data", "width": 160},
		{"fieldname": "resident_type", "label": _("Kind of Resident"), "fieldtype": "Data", "width": 100},
		{"fieldname": "homes", "label": _("Homes"), "fieldtype": "Data", "width": 240},
		{"fieldname": "home_count", "label": _("Number of Homes"), "fieldtype": "Int", "width": 110},
		{"fieldname": "area", "label": _("Area (m²)"), "fieldtype": "Float", "precision": 2, "width": 110},
		{"fieldname": "pays", "label": _("Pays for"), "fieldtype": "Int", "width": 90},
		{"fieldname": "phone_masked", "label": _("Phone"), "fieldtype": "Data", "width": 130},
		{"fieldname": "id_masked", "label": _("ID Number"), "fieldtype": "Data", "width": 180},
		{"fieldname": "portal", "label": _("Portal Login"), "fieldtype": "Check", "width": 100},
		{
			"fieldname": "project",
			"label": _("Project"),
			"fieldtype": "Link",
			"options": "Property Project",
			"width": 110,
		},
	]
