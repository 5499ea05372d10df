"""Server side of the page Dormitory Plan: floors, rooms and beds of a building (D17)."""

import frappe
from frappe import _

from kefu_property.dormitory import scope


@frappe.whitelist()
def get_buildings() -> list[dict]:
	"""Dormitory buildings of the user's projects: `name`, `building_name`, `project_name`."""
	if not frappe.has_permission("Dormitory Bed", "read"):
		frappe.throw(_("Your role may not read {0}.").format(_("Dormitory Bed")), frappe.PermissionError)
	rows = frappe.get_list(
		"Dormitory Building",
		filters={"disabled": 0},
		fields=["name", "building_name", "project"],
		order_by="project, building_code",
		limit=0,
	)
	names = dict(
		frappe.get_all(
			"Property Project",
			filters={"name": ["in", [row.project for row in rows] or [""]]},
			fields=["name", "project_name"],
			as_list=True,
		)
	)
	for row in rows:
		row.project_name = names[row.project]
	return rows


@frappe.whitelist()
def get_plan(building: str) -> dict:
	"""Floors from the top down, each with its rooms and their beds, and the number of beds by status."""
	if not frappe.has_permission("Dormitory Bed", "read"):
		frappe.throw(_("Your role may not read {0}.").format(_("Dormitory Bed")), frappe.PermissionError)
	project = frappe.db.get_value("Dormitory Building", building, "project")
	scope.check_projects({project})
	rooms = frappe.get_all(
		"Dormitory Room",
		filters={"building": building},
		fields=["name", "room_code", "floor", "gender", "lowest_rank", "capacity", "closed"],
		order_by="floor desc, room_code",
		limit=0,
	)
	bed, staff = frappe.qb.DocType("Dormitory Bed"), frappe.qb.DocType("Staff Member")
	beds = (
		frappe.qb.from_(bed)
		.left_join(staff)
		.on((staff.name == bed.occupant) | (staff.name == bed.reserved_for))
		.select(
			bed.name, bed.room, bed.bed_code, bed.status, bed.stay, bed.application, bed.repair_reason, staff.staff_name
		)
		.where(bed.building == building)
		.orderby(bed.room, bed.bed_code)
		.run(as_dict=True)
	)
	by_room, counts = {}, {"Vacant": 0, "In Use": 0, "Reserved": 0, "Repair": 0}
	for row in beds:
		by_room.setdefault(row.room, []).append(row)
		counts[row.status] += 1
	floors: dict[int, dict] = {}
	for room in rooms:
		room.beds = by_room.get(room.name, [])
		floors.setdefault(room.floor, {"floor": room.floor, "rooms": []})["rooms"].append(room)
	return {"project": project, "floors": list(floors.values()), "counts": counts}
