"""Records of the registry for tests: short calls, everything else by default."""

from __future__ import annotations

from itertools import count
from typing import Any

import frappe

_numbers = count(1)


def make_project(code: str | None = None, **values: Any):
	"""A project; `code` names it. An existing one of that code is returned."""
	code = code or f"T{next(_numbers)}{frappe.generate_hash(length=5)}"
	if frappe.db.exists("Property Project", code):
		return frappe.get_doc("Property Project", code)
	return _insert(
		"Property Project", project_code=code, project_name=values.pop("project_name", f"Test {code}"), **values
	)


def make_building(project: str, code: str = "1", **values: Any):
	name = f"{project}-{code}"
	if frappe.db.exists("Property Building", name):
		return frappe.get_doc("Property Building", name)
	return _insert("Property Building", project=project, building_code=code, **values)


def make_unit(project: str, code: str | None = None, **values: Any):
	"""A home such as 1-1-101; its building is made when missing."""
	code = code or f"1-1-{next(_numbers)}"
	values.setdefault("building", None)
	values["building"] = values["building"] or make_building(project, code.split("-", 1)[0]).name
	values.setdefault("building_area", 89.53)
	return _insert("Property Unit", project=project, unit_code=code, **values)


def make_resident(
	project: str, name: str | None = None, phone: str | None = None, id_number: str | None = None, **values: Any
):
	return _insert(
		"Resident",
		project=project,
		resident_name=name or f"测试{next(_numbers)}",
		new_phone=phone,
		new_id_number=id_number,
		**values,
	)


def make_occupancy(
	unit, resident, relation: str = "Owner", from_date: str = "2024-01-01", is_payer: int = 1, **values: Any
):
	"""`unit` and `resident` are documents. An owner holds 100 % and pays unless told otherwise."""
	values.setdefault("share", 100 if relation == "Owner" else 0)
	return _insert(
		"Unit Occupancy",
		project=unit.project,
		unit=unit.name,
		resident=resident.name,
		relation=relation,
		from_date=from_date,
		is_payer=is_payer,
		**values,
	)


def make_home(project: str, code: str | None = None, owner: str | None = None, **values: Any):
	"""(unit, resident, occupancy) of a home with one owner who pays."""
	unit = make_unit(project, code, **values)
	resident = make_resident(project, owner)
	return unit, resident, make_occupancy(unit, resident)


def _insert(doctype: str, **values: Any):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
