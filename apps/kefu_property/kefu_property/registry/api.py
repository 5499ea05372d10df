"""What other modules may use of the registry; nothing else of this package is theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.registry import private_values, scope
from kefu_property.rules import occupancy as rules
from kefu_property.rules.personal_data import clean_text, is_phone, name_key, normalise_id, normalise_phone
from kefu_property.rules.plates import normalise_plate, plate_kind


def payers(project: str, start: date | str, end: date | str, units: Sequence[str] | None = None) -> list[dict]:
	"""Who pays for each unit of a project (or for these of its units) between `start` and `end`, both included (L9).

	Rows `unit`, `resident`, `relation`, `from_date`, `to_date`, cut to the period and ordered by unit and date. A unit without a
	payer on some days has no row for them; disabled units are left out.
	"""
	start, end = getdate(start), getdate(end)
	occupancy, unit = frappe.qb.DocType("Unit Occupancy"), frappe.qb.DocType("Property Unit")
	query = (
		frappe.qb.from_(occupancy)
		.join(unit)
		.on(unit.name == occupancy.unit)
		.select(occupancy.unit, occupancy.resident, occupancy.relation, occupancy.from_date, occupancy.to_date)
		.where(
			(occupancy.project == project)
			& (occupancy.is_payer == 1)
			& (occupancy.from_date <= end)
			& (occupancy.to_date.isnull() | (occupancy.to_date >= start))
			& (unit.disabled == 0)
		)
		.orderby(occupancy.unit, occupancy.from_date)
	)
	if units is not None:
		query = query.where(occupancy.unit.isin(list(units) or [""]))
	rows = query.run(as_dict=True)
	for row in rows:
		row.from_date = max(row.from_date, start)
		row.to_date = min(row.to_date or end, end)
	return rows


def payer_of(unit: str, on_date: date | str | None = None) -> str | None:
	"""The resident who pays for a unit on a day (default today), or None."""
	day = getdate(on_date)
	table = frappe.qb.DocType("Unit Occupancy")
	found = (
		frappe.qb.from_(table)
		.select(table.resident)
		.where(
			(table.unit == unit)
			& (table.is_payer == 1)
			& (table.from_date <= day)
			& (table.to_date.isnull() | (table.to_date >= day))
		)
		.run(pluck=True)
	)
	return found[0] if found else None


def units(
	project: str,
	include_disabled: bool = False,
	names: Sequence[str] | None = None,
	after: str = "",
	limit: int = 0,
) -> list[dict]:
	"""Units of a project with what fees depend on: `name`, `unit_code`, `building`, `unit_type`, `state`, areas, dates.

	Ordered by name; only these `names` when given, or at most `limit` of those whose name follows `after`.
	"""
	filters = [["project", "=", project]]
	if not include_disabled:
		filters.append(["disabled", "=", 0])
	if names is not None:
		filters.append(["name", "in", list(names) or [""]])
	if after:
		filters.append(["name", ">", after])
	return frappe.get_all(
		"Property Unit",
		filters=filters,
		fields=[
			"name",
			"unit_code",
			"building",
			"entrance",
			"floor",
			"unit_type",
			"state",
			"building_area",
			"inner_area",
			"handover_date",
			"vacant_since",
			"disabled",
			"residents_count",
		],
		order_by="name",
		limit=limit or None,
	)


def vehicles_of_units(units: list[str], start: date | str, end: date | str) -> dict[str, list[dict]]:
	"""Vehicles by home between two days, both included: `plate_number`, `from_date`, `to_date` (open ends filled)."""
	vehicle = frappe.qb.DocType("Resident Vehicle")
	rows = (
		frappe.qb.from_(vehicle)
		.select(vehicle.unit, vehicle.plate_number, vehicle.from_date, vehicle.to_date)
		.where(
			vehicle.unit.isin(units or [""])
			& (vehicle.from_date.isnull() | (vehicle.from_date <= end))
			& (vehicle.to_date.isnull() | (vehicle.to_date >= start))
		)
		.orderby(vehicle.unit, vehicle.plate_number)
		.run(as_dict=True)
	)
	found: dict[str, list[dict]] = {}
	for row in rows:
		row.from_date, row.to_date = row.from_date or date.min, row.to_date or date.max
		found.setdefault(row.unit, []).append(row)
	return found


def residents_of_user(user: str) -> list[str]:
	"""Residents behind a portal login: one per project in which the person is registered."""
	if not user or user == "Guest":
		return []
	return frappe.get_all("Resident", filters={"user": user, "disabled": 0}, pluck="name", order_by="creation")


def units_of_user(user: str, on_date: date | str | None = None) -> list[dict]:
	"""Homes of a portal user on a day: `unit`, `unit_code`, `project`, `resident`, `relation`, `is_payer`, `share`.

	A home in which the person has several roles has several rows.
	"""
	residents = residents_of_user(user)
	if not residents:
		return []
	day = getdate(on_date)
	table, unit = frappe.qb.DocType("Unit Occupancy"), frappe.qb.DocType("Property Unit")
	return (
		frappe.qb.from_(table)
		.join(unit)
		.on(unit.name == table.unit)
		.select(
			table.unit,
			unit.unit_code,
			unit.unit_type,
			unit.building_area,
			unit.state,
			table.project,
			table.resident,
			table.relation,
			table.is_payer,
			table.share,
			table.from_date,
			table.to_date,
		)
		.where(
			table.resident.isin(residents)
			& (table.from_date <= day)
			& (table.to_date.isnull() | (table.to_date >= day))
		)
		.orderby(table.unit)
		.run(as_dict=True)
	)


def occupants(project: str, on_date: date | str | None = None) -> list[dict]:
	"""Everybody who holds or lives in a home of a project on a day: `unit`, `resident`, `relation`, `is_payer`."""
	day = getdate(on_date)
	table = frappe.qb.DocType("Unit Occupancy")
	return (
		frappe.qb.from_(table)
		.select(table.unit, table.resident, table.relation, table.is_payer)
		.where(
			(table.project == project) & (table.from_date <= day) & (table.to_date.isnull() | (table.to_date >= day))
		)
		.orderby(table.unit)
		.run(as_dict=True)
	)


def unit_names_of_user(user: str, on_date: date | str | None = None) -> list[str]:
	"""Names of the homes that a portal user holds or lives in on a day, without repetition."""
	return list(dict.fromkeys(row["unit"] for row in units_of_user(user, on_date)))


def search_residents(text: str, project: str | None = None, limit: int = 20) -> list[dict]:
	"""Find residents by phone (whole or last four digits), ID number, name, unit code or number plate.

	Rows `resident`, `resident_name`, `phone_masked`, `id_masked`, `project`, `unit`, `unit_code`, `relation`,
	`is_payer`; a resident without a home today has empty unit columns. Only the projects of the session's user are
	searched. Every branch uses an index; text in the middle of a name is not searched.
	"""
	if not frappe.has_permission("Resident", "read"):
		frappe.throw(_("Your role may not read {0}.").format(_("Resident")), frappe.PermissionError)
	text = clean_text(text)
	projects = _searched_projects(project)
	if not text or projects == []:
		return []
	names = _residents_matching(text, projects, limit)
	return _with_homes(names, projects, limit)


def _searched_projects(project: str | None) -> list[str] | None:
	"""Projects to search; None stands for all, none for a project that is not the user's."""
	try:
		return scope.projects(project)
	except frappe.PermissionError:
		frappe.clear_last_message()
		return []


def _residents_matching(text: str, projects: list[str] | None, limit: int) -> list[str]:
	within = {"project": ["in", projects]} if projects else {}

	def residents(filters: dict) -> list[str]:
		return frappe.get_all(
			"Resident", filters={**within, "disabled": 0, **filters}, pluck="name", limit=limit, order_by="name_key"
		)

	def of_units(filters: dict) -> list[str]:
		found = frappe.get_all(
			"Property Unit", filters={**within, **filters}, pluck="name", limit=limit, order_by="unit_code"
		)
		if not found:
			return []
		occupancy = {"unit": ["in", found], "status": "Current"}
		return frappe.get_all("Unit Occupancy", filters=occupancy, pluck="resident", limit=limit * 5, distinct=True)

	names: list[str] = []
	phone = normalise_phone(text)
	if is_phone(phone):
		names += private_values.holders(phone, [private_values.PHONE, private_values.CONTACT_PHONE])
	if len(text) >= 6:
		names += private_values.holders(normalise_id(text), [private_values.ID_NUMBER])
	if plate_kind(normalise_plate(text)):
		names += frappe.get_all(
			"Resident Vehicle", filters={**within, "plate_number": normalise_plate(text)}, pluck="resident"
		)
	if text.isdecimal() and len(text) == 4:
		names += residents({"phone_last4": text})
	if any(char.isdigit() for char in text):
		names += of_units({"unit_code": ["like", _prefix(text)]})
		names += frappe.get_all(
			"Unit Occupancy", filters={**within, "unit": text, "status": "Current"}, pluck="resident"
		)
	else:
		names += residents({"name_key": ["like", _prefix(name_key(text))]})
	return list(dict.fromkeys(names))


def _prefix(text: str) -> str:
	for special in ("\\", "%", "_"):
		text = text.replace(special, "\\" + special)
	return text + "%"


def _with_homes(names: list[str], projects: list[str] | None, limit: int) -> list[dict]:
	if not names:
		return []
	resident, occupancy, unit = (frappe.qb.DocType(name) for name in ("Resident", "Unit Occupancy", "Property Unit"))
	query = (
		frappe.qb.from_(resident)
		.left_join(occupancy)
		.on((occupancy.resident == resident.name) & (occupancy.status == "Current"))
		.left_join(unit)
		.on(unit.name == occupancy.unit)
		.select(
			resident.name.as_("resident"),
			resident.resident_name,
			resident.phone_masked,
			resident.id_masked,
			resident.project,
			occupancy.unit,
			unit.unit_code,
			occupancy.relation,
			occupancy.is_payer,
		)
		.where(resident.name.isin(names) & (resident.disabled == 0))
		.orderby(resident.name_key, unit.name)
		.limit(int(limit))
	)
	if projects:
		query = query.where(resident.project.isin(projects))
	return query.run(as_dict=True)


def names_of(residents: Iterable[str]) -> dict[str, str]:
	"""Map of resident to name."""
	residents = list(residents)
	if not residents:
		return {}
	return dict(
		frappe.get_all("Resident", filters={"name": ["in", residents]}, fields=["name", "resident_name"], as_list=True)
	)


def count_of_project(project: str, residents: Iterable[str]) -> int:
	"""How many of these residents are registered in a project."""
	return frappe.db.count("Resident", {"project": project, "name": ["in", list(residents) or [""]]})


def owner_of(unit: str, on_date: date | str | None = None) -> str | None:
	"""The main owner of a unit on a day: owner, else the largest co-owner, else the developer."""
	from kefu_property.registry import occupancies

	row = rules.owner_on(occupancies.rows_of([unit]).get(unit, []), getdate(on_date))
	return row["resident"] if row else None


def owners(units: Iterable[str], on_date: date | str | None = None) -> dict[str, str]:
	"""Main owner of each unit on a day, as in owner_of(), in one query. A unit without one is left out."""
	from kefu_property.registry import occupancies

	day = getdate(on_date)
	found = {unit: rules.owner_on(rows, day) for unit, rows in occupancies.rows_of(units).items()}
	return {unit: row["resident"] for unit, row in found.items() if row}


def residents_by_phone(phone: str, project: str | None = None) -> list[str]:
	"""Residents with exactly this normalised phone number, for callers that check rights themselves (a call that comes in)."""
	names = private_values.holders(phone) if phone else []
	if not names:
		return []
	filters = {"name": ["in", names], "disabled": 0} | ({"project": project} if project else {})
	return frappe.get_all("Resident", filters=filters, pluck="name", order_by="creation")


def residents_by_last4(digits: str, project: str) -> list[str]:
	"""Residents of a project whose phone ends in these four digits. The caller has checked who asks."""
	filters = {"project": project, "phone_last4": digits, "disabled": 0}
	return frappe.get_all("Resident", filters=filters, pluck="name", limit=100)


def phone_for_visit(resident: str) -> str | None:
	"""The full phone number for whoever works on a case of the resident; writes the access log. The caller checks who asks."""
	from kefu_property.registry import personal_data

	value = private_values.get(resident, private_values.PHONE)
	if value:
		project = frappe.db.get_value("Resident", resident, "project")
		personal_data.log(project, private_values.PHONE, "Contact about a case", resident=resident)
	return value


def phone_for_message(resident: str) -> str | None:
	"""The full phone number for a message that the system itself sends. Never hand it to a form or report."""
	return private_values.get(resident, private_values.PHONE)


def portal_login(resident: str) -> str:
	"""The User of a resident for the portal, made when missing. The caller has proved who asks."""
	from kefu_property.registry import portal_access

	return portal_access.login_of(frappe.get_doc("Resident", resident)).name


def lives_or_owns(unit: str, resident: str, on_date: date | str | None = None) -> bool:
	"""Whether a resident has any relation to a home on a day (default today)."""
	day = getdate(on_date)
	rows = frappe.get_all(
		"Unit Occupancy",
		filters={"unit": unit, "resident": resident, "from_date": ["<=", day]},
		fields=["to_date"],
	)
	return any(not row.to_date or row.to_date >= day for row in rows)


def set_unit_state(unit: str, state: str) -> None:
	"""Set the state of a home, such as `Renovating`, as the system's own step. The caller has checked who asks."""
	doc = frappe.get_doc("Property Unit", unit)
	if doc.state != state:
		doc.state = state
		doc.save(ignore_permissions=True)  # see above


def unit_facts(unit: str) -> dict:
	"""What other modules show and decide by: `project`, `unit_code`, `building`, `layout`, `unit_type`, `state`, `handover_date`."""
	fields = ["project", "unit_code", "building", "layout", "unit_type", "state", "handover_date"]
	return frappe.db.get_value("Property Unit", unit, fields, as_dict=True) or dict.fromkeys(fields)


def project_of_building(building: str) -> str | None:
	return frappe.get_cached_value("Property Building", building, "project")


def register_resident(project: str, resident_name: str, phone: str, id_type: str = "", id_number: str = "") -> str:
	"""The Resident with this name and phone number in a project, made when there is none. The caller has checked who asks.

	Raises InvalidPhone or InvalidIdNumber.
	"""
	name = clean_text(resident_name)
	for resident in residents_by_phone(normalise_phone(phone), project):
		# lint: allow query-in-loop: the few people who share a phone
		if frappe.db.get_value("Resident", resident, "name_key") == name_key(name):
			return resident
	doc = frappe.get_doc({"doctype": "Resident", "project": project, "resident_name": name, "new_phone": phone})
	if id_number:
		doc.update({"id_type": id_type or "Resident ID Card", "new_id_number": id_number})
	return doc.insert(ignore_permissions=True).name  # see above


def hand_over_home(unit: str, people: Sequence[dict], on_date: date | str, state: str = "Vacant") -> None:
	"""The developer's home becomes its buyers' from a day on: occupancies, payer, state and date change together (L9, D24).

	`people` are {resident, relation, share}; the first pays. The caller has checked who asks and that the handover was
	signed. Raises TwoOwners, SharesExceedWhole and the like when they do not fit together.
	"""
	from kefu_property.registry import occupancies

	day = getdate(on_date)
	rows = occupancies.rows_of([unit], lock=True).get(unit, [])
	present = [row for row in rows if rules.covers(row, day)]
	leaving = [row["name"] for row in present if row["relation"] == rules.DEVELOPER]
	known = {(row["resident"], row["relation"]) for row in present}
	incoming = [
		{**person, "share": person.get("share") if person["relation"] in rules.HOLDERS else 0}
		for person in people
		if (person["resident"], person["relation"]) not in known
	]
	try:
		plan = rules.plan_move(rows, leaving, incoming, people[0]["resident"], day)
	except rules.OccupancyConflict as conflict:
		occupancies.explain(unit, conflict)
	doc = frappe.get_doc("Property Unit", unit)
	occupancies.carry_out(doc.project, unit, rows, plan)
	doc.update({"state": state, "handover_date": day})
	doc.save(ignore_permissions=True)  # see above
	occupancies.refresh_units([unit])


def resident_label(resident: str) -> str:
	"""Name with the masked phone, for choices among people of one name."""
	name, phone = frappe.db.get_value("Resident", resident, ["resident_name", "phone_masked"]) or (_("Unknown"), "")
	return f"{name} {phone}".strip()


def project_facts(project: str) -> dict:
	"""What other modules print and calculate by: names, letterhead, bank account, proration and hand-over rules, limits."""
	return frappe.get_cached_doc("Property Project", project).as_dict()


def workbook_rows(content: bytes) -> Iterator[tuple[str, int, tuple]]:
	"""Rows `(sheet, row number, cells)` of a workbook that somebody uploaded. Raises UnreadableRoster for what is no plain .xlsx."""
	from kefu_property.registry.rosters import workbook

	return workbook.plain_rows(content)


def payer_directory(project: str) -> list[dict]:
	"""Who pays for the homes of a project today: `resident`, `resident_name`, `phone_last4`, `unit_code`; one row for each home.

	For matching money with its payer inside another module; the caller has checked permissions.
	"""
	return frappe.db.sql(
		"""select o.resident, r.resident_name, r.phone_last4, u.unit_code from `tabUnit Occupancy` o
		join `tabResident` r on r.name = o.resident join `tabProperty Unit` u on u.name = o.unit
		where o.project = %s and o.status = 'Current' and o.is_payer = 1""",
		project,
		as_dict=True,
	)
