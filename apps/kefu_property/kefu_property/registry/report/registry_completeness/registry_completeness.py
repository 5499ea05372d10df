"""How complete a project's registry is: per building, and for one building every home that lacks something (D1)."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe import _

from kefu_property.registry import scope
from kefu_property.rules.occupancy import HOLDERS, TENANT

#: what a home needs before it can be charged and its people be reached
NEEDS = ("area", "occupancy", "payer", "phone", "id")


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	homes = read(filters.get("project"), filters.get("building"))
	if filters.get("building"):
		return home_columns(), [row for row in map(home_row, homes) if row["missing"]], None, None, summary(homes)
	rows = building_rows(homes)
	return building_columns(), rows, None, chart(rows), summary(homes)


def read(project: str | None, building: str | None) -> list[dict]:
	"""Homes in use with `lacks`, the set of NEEDS that they do not have. A home of the developer needs only its area."""
	allowed = scope.projects(project)
	filters = {"disabled": 0}
	if allowed is not None:
		filters["project"] = ["in", allowed]
	if building:
		filters["building"] = building
	fields = ["name", "unit_code", "building", "unit_type", "state", "building_area", "current_payer"]
	homes = frappe.get_all("Property Unit", filters=filters, fields=fields, order_by="name")
	people = present_people(project)
	for home in homes:
		home.lacks = lacks(home, people.get(home.name, []))
	return homes


def present_people(project: str | None) -> dict[str, list[dict]]:
	occupancy, resident = frappe.qb.DocType("Unit Occupancy"), frappe.qb.DocType("Resident")
	rows = (
		frappe.qb.from_(occupancy)
		.join(resident)
		.on(resident.name == occupancy.resident)
		.select(occupancy.unit, occupancy.relation, resident.phone_masked, resident.id_masked)
		.where(scope.condition(occupancy.project, project) & (occupancy.status == "Current"))
		.run(as_dict=True)
	)
	found = defaultdict(list)
	for row in rows:
		found[row.unit].append(row)
	return found


def lacks(home: dict, people: list[dict]) -> set[str]:
	missing = set() if home.building_area or home.unit_type in ("Parking", "Storage") else {"area"}
	if home.state == "Developer-held" and not people:
		return missing
	if not people:
		return missing | {"occupancy", "payer"}
	if not home.current_payer:
		missing.add("payer")
	adults = [row for row in people if row.relation in (*HOLDERS, TENANT)]
	if not adults or any(not row.phone_masked for row in adults):
		missing.add("phone")
	if not adults or any(not row.id_masked for row in adults):
		missing.add("id")
	return missing


def percent(homes: list[dict]) -> float:
	"""Share of all needs that are met, in percent with one decimal."""
	total = len(homes) * len(NEEDS)
	return round(100 * (total - sum(len(home.lacks) for home in homes)) / total, 1) if total else 0.0


def building_rows(homes: list[dict]) -> list[dict]:
	groups = defaultdict(list)
	for home in homes:
		groups[home.building].append(home)
	return [
		{
			"building": building,
			"units": len(group),
			**{f"no_{need}": sum(need in home.lacks for home in group) for need in NEEDS},
			"incomplete": sum(bool(home.lacks) for home in group),
			"percent": percent(group),
		}
		for building, group in sorted(groups.items())
	]


def labels() -> dict[str, str]:
	return {
		"area": _("Area"),
		"occupancy": _("Occupancy"),
		"payer": _("Payer"),
		"phone": _("Phone"),
		"id": _("ID Number"),
	}


def home_row(home: dict) -> dict:
	words = labels()
	return {
		"unit": home.name,
		"unit_type": _(home.unit_type),
		"state": _(home.state),
		"missing": ", ".join(words[need] for need in NEEDS if need in home.lacks),
	}


def home_columns() -> list[dict]:
	return [
		{"fieldname": "unit", "label": _("Unit"), "fieldtype": "Link", "options": "Property Unit", "width": 200},
		{"fieldname": "unit_type", "label": _("Unit Type"), "fieldtype": "Data", "width": 120},
		{"fieldname": "state", "label": _("Unit State"), "fieldtype": "Data", "width": 140},
		{"fieldname": "missing", "label": _("Missing"), "fieldtype": "Data", "width": 360},
	]


def building_columns() -> list[dict]:
	columns = [
		{"fieldname": "building", "label": _("Building"), "fieldtype": "Data", "width": 160},
		{"fieldname": "units", "label": _("Homes"), "fieldtype": "Int", "width": 90},
	]
	for need, label in labels().items():
		columns.append(
			{"fieldname": f"no_{need}", "label": _("No {0}").format(label), "fieldtype": "Int", "width": 120}
		)
	columns.append({"fieldname": "incomplete", "label": _("Incomplete Homes"), "fieldtype": "Int", "width": 130})
	columns.append({"fieldname": "percent", "label": _("Complete %"), "fieldtype": "Percent", "width": 110})
	return columns


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	return {
		"type": "bar",
		"colors": ["#0f6e78"],
		"data": {
			"labels": [row["building"] for row in rows],
			"datasets": [{"name": _("Complete %"), "values": [row["percent"] for row in rows]}],
		},
	}


def summary(homes: list[dict]) -> list[dict]:
	complete = percent(homes)
	return [
		{"label": _("Homes"), "value": len(homes), "datatype": "Int"},
		{"label": _("Incomplete Homes"), "value": sum(bool(home.lacks) for home in homes), "datatype": "Int"},
		{
			"label": _("Complete %"),
			"value": complete,
			"datatype": "Percent",
			"indicator": "Green" if complete >= 95 else "Orange",
		},
	]
