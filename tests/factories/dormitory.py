"""Records of the dormitory for tests: rooms with beds, people who stay."""

from __future__ import annotations

from itertools import count
from typing import Any

import frappe

from tests.factories.workforce import make_staff

_numbers = count(1)
INVENTORY = ({"thing": "Desk", "quantity": 1, "price": 200}, {"thing": "Chair", "quantity": 1, "price": 80})


def make_dormitory(project: str, **values: Any):
	"""A building: deposit 300, rent 310 a month, water 4 yuan (3 t free), power 0.5 yuan (10 kWh free)."""
	return _insert(
		"Dormitory Building",
		project=project,
		**{
			"building_code": f"D{next(_numbers)}",
			"building_name": "Staff House",
			"deposit": 300,
			"monthly_rent": 310,
			"water_price": 4,
			"free_water": 3,
			"power_price": 0.5,
			"free_power": 10,
			"floors": 3,
			"visitors_until": "",
		}
		| values,
	)


def make_room(building, beds: int = 2, **values: Any):
	"""A room for women with its beds and inventory; returns (room, names of beds)."""
	values = {"room_code": f"{next(_numbers):03d}", "gender": "Female", "inventory": list(INVENTORY)} | values
	room = _insert("Dormitory Room", building=building.name, capacity=beds, **values)
	room.make_beds()
	return room, frappe.get_all("Dormitory Bed", filters={"room": room.name}, pluck="name", order_by="name")


def new_application(project: str, staff: str, bed: str | None = None, **values: Any):
	return frappe.get_doc(
		{"doctype": "Dormitory Application", "project": project, "staff": staff, "bed": bed}
		| {"from_date": "2026-03-01"}
		| values
	)


def approved_application(project: str, staff: str, bed: str, **values: Any):
	"""An application past its approval, without the roles that do it; the bed is reserved."""
	doc = new_application(project, staff, bed, **values).insert(ignore_permissions=True)
	doc.before_submit()
	doc.db_set({"docstatus": 1, "workflow_state": "Approved"})
	return doc


def new_stay(application, **values: Any):
	return frappe.get_doc(
		{
			"doctype": "Dormitory Stay",
			"project": application.project,
			"application": application.name,
			"from_date": "2026-03-01",
			"deposit_received": 300,
			"deposit_method": "Cash",
			"rules_accepted": 1,
		}
		| values
	)


def make_stay(project: str, bed: str, staff: str | None = None, **values: Any):
	"""Somebody who moved in on 1 March 2026 with a deposit of 300 yuan."""
	staff = staff or make_staff(project).name
	stay = new_stay(approved_application(project, staff, bed), **values).insert(ignore_permissions=True)
	stay.flags.ignore_permissions = True
	return stay.submit()


def _insert(doctype: str, **values: Any):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
