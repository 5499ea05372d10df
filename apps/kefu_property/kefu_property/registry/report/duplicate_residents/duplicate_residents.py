"""Residents who may be one person: same phone, same ID number, or same name in one home (D1). Numbers stay masked."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe import _
from frappe.query_builder.functions import Count

from kefu_property.registry import private_values, scope

NAME_AND_HOME = "Name and Home"


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	return columns(), rows(filters.get("project"), filters.get("basis"))


def rows(project: str | None = None, basis: str | None = None) -> list[dict]:
	"""One row per resident and group; rows of a group follow each other and share `group`."""
	groups: list[tuple[str, list[str]]] = []
	for kind in (private_values.PHONE, private_values.ID_NUMBER):
		if basis in (None, "", kind):
			groups += [(kind, names) for names in same_value(kind, project)]
	if basis in (None, "", NAME_AND_HOME):
		groups += [(NAME_AND_HOME, names) for names in same_name_in_home(project)]
	residents = details({name for _basis, names in groups for name in names})
	return [
		{"group": number, "basis": _(reason), **residents[name]}
		for number, (reason, names) in enumerate(groups, start=1)
		for name in names
	]


def same_value(kind: str, project: str | None) -> list[list[str]]:
	"""Groups of enabled residents of one project with the same number."""
	value, resident = frappe.qb.DocType(private_values.DOCTYPE), frappe.qb.DocType("Resident")
	within = (value.kind == kind) & (resident.disabled == 0) & scope.condition(resident.project, project)
	shared = (
		frappe.qb.from_(value)
		.join(resident)
		.on(resident.name == value.resident)
		.select(value.value, resident.project)
		.where(within)
		.groupby(value.value, resident.project)
		.having(Count(resident.name) > 1)
	)
	found = (
		frappe.qb.from_(value)
		.join(resident)
		.on(resident.name == value.resident)
		.join(shared)
		.on((shared.value == value.value) & (shared.project == resident.project))
		.select(resident.project, value.value, resident.name)
		.where(within)
		.orderby(resident.project, value.value, resident.creation, resident.name)
		.run()
	)
	return _grouped(found)


def same_name_in_home(project: str | None) -> list[list[str]]:
	"""Groups of enabled residents of one name that are registered for the same home at any time."""
	occupancy, resident = frappe.qb.DocType("Unit Occupancy"), frappe.qb.DocType("Resident")
	within = (resident.disabled == 0) & scope.condition(resident.project, project)
	shared = (
		frappe.qb.from_(occupancy)
		.join(resident)
		.on(resident.name == occupancy.resident)
		.select(occupancy.unit, resident.name_key)
		.where(within)
		.groupby(occupancy.unit, resident.name_key)
		.having(Count(resident.name).distinct() > 1)
	)
	found = (
		frappe.qb.from_(occupancy)
		.join(resident)
		.on(resident.name == occupancy.resident)
		.join(shared)
		.on((shared.unit == occupancy.unit) & (shared.name_key == resident.name_key))
		.select(occupancy.unit, resident.name_key, resident.name)
		.distinct()
		.where(within)
		.orderby(occupancy.unit, resident.name_key, resident.name)
		.run()
	)
	return _grouped(found)


def _grouped(found: list[tuple]) -> list[list[str]]:
	groups = defaultdict(list)
	for one, other, name in found:
		groups[one, other].append(name)
	return list(groups.values())


def details(names: set[str]) -> dict[str, dict]:
	if not names:
		return {}
	fields = ["name as resident", "resident_name", "phone_masked", "id_masked", "project", "creation"]
	found = {
		row.resident: row for row in frappe.get_all("Resident", filters={"name": ["in", list(names)]}, fields=fields)
	}
	homes = defaultdict(list)
	for row in frappe.get_all(
		"Unit Occupancy", filters={"resident": ["in", list(names)]}, fields=["resident", "unit"], order_by="unit"
	):
		if row.unit not in homes[row.resident]:
			homes[row.resident].append(row.unit)
	for name, row in found.items():
		row.homes = ", ".join(homes[name])
	return found


def columns() -> list[dict]:
	return [
		{"fieldname": "group", "label": _("Group"), "fieldtype": "Int", "width": 80},
		{"fieldname": "basis", "label": _("Basis"), "fieldtype": "Data", "width": 120},
		{"fieldname": "resident", "label": _("Resident"), "fieldtype": "Link", "options": "Resident", "width": 130},
		{"fieldname": "resident_name", "label": _("Name"), "fieldtype": "Data", "width": 140},
		{"fieldname": "phone_masked", "label": _("Phone"), "fieldtype": "Data", "width": 130},
		{"fieldname": "id_masked", "label": _("ID Number"), "fieldtype": "Data", "width": 180},
		{"fieldname": "homes", "label": _("Homes"), "fieldtype": "Data", "width": 220},
		{
			"fieldname": "project",
			"label": _("Project"),
			"fieldtype": "Link",
			"options": "Property Project",
			"width": 120,
		},
		{"fieldname": "creation", "label": _("Registered on"), "fieldtype": "Datetime", "width": 160},
	]
