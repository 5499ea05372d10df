"""What the registry's portal pages read about the signed-in resident. Callers have checked nothing: this does."""

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.registry import api
from kefu_property.suite.portal_auth import require_resident
from kefu_property.suite.portal_format import number, portal_language


def my_records() -> list[frappe._dict]:
	"""The signed-in person's Resident records (one per project, usually one), by name."""
	names = api.residents_of_user(require_resident())
	return frappe.get_all(
		"Resident",
		filters={"name": ["in", names]},
		fields=[
			"name",
			"project",
			"resident_name",
			"phone_masked",
			"id_masked",
			"email",
			"consent_on",
			"consent_version",
		],
		order_by="creation",
	)


def my_homes() -> list[frappe._dict]:
	"""Homes that the signed-in person owns or lives in today, with what they are to them. Dwellings come first."""
	names = api.residents_of_user(require_resident())
	if not names:
		return []
	occupancy = frappe.qb.DocType("Unit Occupancy")
	unit = frappe.qb.DocType("Property Unit")
	building = frappe.qb.DocType("Property Building")
	project = frappe.qb.DocType("Property Project")
	today = getdate()
	rows = (
		frappe.qb.from_(occupancy)
		.join(unit)
		.on(unit.name == occupancy.unit)
		.left_join(building)
		.on(building.name == unit.building)
		.left_join(project)
		.on(project.name == unit.project)
		.select(
			unit.name,
			unit.unit_code,
			unit.unit_type,
			unit.state,
			unit.building_area,
			unit.inner_area,
			unit.floor,
			unit.layout,
			unit.project,
			building.building_name,
			project.project_name,
			project.project_name_en,
			occupancy.relation,
			occupancy.share,
			occupancy.is_payer,
			occupancy.from_date,
		)
		.where(occupancy.resident.isin(names))
		.where(occupancy.from_date <= today)
		.where(occupancy.to_date.isnull() | (occupancy.to_date >= today))
		.orderby(unit.unit_code)
		.run(as_dict=True)
	)
	english = portal_language() == "en"
	homes: dict[str, frappe._dict] = {}
	for row in rows:
		known = homes.setdefault(row.name, row)
		if known is not row:  # an owner may be their home's tenant, too
			known.relation, known.is_payer = min(known.relation, row.relation), known.is_payer or row.is_payer
			continue
		row.place = (english and row.project_name_en) or row.project_name
		row.icon = {"Dwelling": "home", "Shop": "shop", "Parking": "parking"}.get(row.unit_type, "building")
		row.tone = {"Occupied": "good", "Let": "info", "Renovating": "wait"}.get(row.state, "plain")
	several_places = len({row.project for row in homes.values()}) > 1
	for row in homes.values():
		area = f"{number(row.building_area)}\u00a0m²" if row.building_area else ""
		row.facts = " · ".join(filter(None, [row.place if several_places else "", _(row.unit_type), area]))
		# a parking space is not "lived in"
		row.status = "" if row.unit_type in ("Parking", "Storage") else _(row.state)
	return sorted(homes.values(), key=lambda row: row.unit_type != "Dwelling")
