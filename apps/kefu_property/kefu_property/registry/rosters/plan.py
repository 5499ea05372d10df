"""What a roster would change in a project: every record compared with what is registered, nothing written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import frappe

from kefu_property.registry import bulk, occupancies, private_values
from kefu_property.rules import occupancy as occupancy_rules
from kefu_property.rules import roster as rules
from kefu_property.rules.occupancy import DEVELOPER, HOLDERS, OWNER
from kefu_property.rules.personal_data import last4, mask_id, mask_phone, name_key
from kefu_property.suite import state

UNIT_FIELDS = (
	"entrance",
	"floor",
	"room",
	"layout",
	"unit_type",
	"state",
	"building_area",
	"inner_area",
	"handover_date",
)
RESIDENT_FIELDS = ("resident_name", "name_key", "resident_type", "id_type", "phone_masked", "phone_last4", "id_masked")
OCCUPANCY_FIELDS = ("relation", "share", "is_payer", "from_date", "to_date")


@dataclass
class Changes:
	"""Rows to insert and to update, per kind of record, and what stays."""

	create: list[dict] = field(default_factory=list)
	update: list[dict] = field(default_factory=list)
	unchanged: int = 0

	def counts(self) -> dict[str, int]:
		return {"create": len(self.create), "update": len(self.update), "unchanged": self.unchanged}


@dataclass
class Plan:
	issues: list[rules.Issue] = field(default_factory=list)
	rows: int = 0
	buildings: Changes = field(default_factory=Changes)
	units: Changes = field(default_factory=Changes)
	residents: Changes = field(default_factory=Changes)
	occupancies: Changes = field(default_factory=Changes)
	private: list[tuple[str, str, str]] = field(default_factory=list)
	openings: list[dict] = field(default_factory=list)

	@property
	def kinds(self) -> dict[str, Changes]:
		return {
			"Property Building": self.buildings,
			"Property Unit": self.units,
			"Resident": self.residents,
			"Unit Occupancy": self.occupancies,
		}

	def count(self, level: str) -> int:
		return sum(issue.level == level for issue in self.issues)

	def total(self, what: str) -> int:
		return sum(changes.counts()[what] for changes in self.kinds.values())


class Planner:
	"""Compares one roster with one project. Keys: unit by project and code; resident by ID number, else by phone and
	name, else by name and home."""

	def __init__(self, project: str, roster: rules.Roster, as_of: date, today: date):
		self.project, self.roster, self.as_of, self.today = project, roster, as_of, today
		self.plan = Plan(issues=list(roster.issues), rows=roster.rows)
		self._load()

	def _load(self) -> None:
		scope = {"project": self.project}
		self.buildings = {
			row.building_code: row
			for row in frappe.get_all(
				"Property Building", filters=scope, fields=["name", "building_code", "building_name", "kind"]
			)
		}
		self.units = {
			row.unit_code: row
			for row in frappe.get_all(
				"Property Unit", filters=scope, fields=["name", "unit_code", "building", *UNIT_FIELDS]
			)
		}
		self.residents = {
			row.name: row
			for row in frappe.get_all("Resident", filters={**scope, "disabled": 0}, fields=["name", *RESIDENT_FIELDS])
		}
		self.by_unit: dict[str, list[dict]] = defaultdict(list)
		for row in frappe.get_all(
			"Unit Occupancy", filters=scope, fields=list(occupancies.FIELDS), order_by="from_date, name"
		):
			self.by_unit[row.unit].append(row)
		self.phones, self.ids = {}, {}
		for row in private_values.of_project(self.project):
			(self.phones if row.kind == private_values.PHONE else self.ids)[row.resident] = row.value
		self.index_id = {number: name for name, number in self.ids.items()}
		self.index_phone = {(phone, self.residents[name].name_key): name for name, phone in self.phones.items()}
		self.index_home: dict[tuple[str, str], str] = {}
		for unit, rows in self.by_unit.items():
			for row in rows:
				if row.resident in self.residents:
					self.index_home[unit, self.residents[row.resident].name_key] = row.resident
		#: residents of this run by name, with the values that they will have
		self.wanted: dict[str, dict] = {}
		self.fresh: set[str] = set()

	def run(self) -> Plan:
		for code, facts in self.roster.buildings.items():
			self._building(code, facts)
		billing = state.contributions("opening_balances")
		for unit in self.roster.units.values():
			self._unit(unit, bool(billing))
		self._residents()
		return self.plan

	def _issue(self, place: rules.Place, column: str, level: str, code: str, detail: object = "") -> None:
		self.plan.issues.append(rules.Issue(place.sheet, place.row, column, level, code, str(detail)))

	def _building(self, code: str, facts: dict[str, Any]) -> None:
		known = self.buildings.get(code)
		given = {"building_name": facts.get("building_name"), "kind": facts.get("building_kind")}
		if known is None:
			row = {
				"name": f"{self.project}-{code}",
				"project": self.project,
				"building_code": code,
				"building_name": given["building_name"] or code,
				"kind": given["kind"] or "Residential",
			}
			self.plan.buildings.create.append(row)
			self.buildings[code] = frappe._dict(row)
			return
		self._compare(self.plan.buildings, known, given)

	def _compare(self, changes: Changes, known: dict, given: dict[str, Any]) -> None:
		"""File an existing record under update or unchanged. An empty cell leaves the registered value alone."""
		new = {key: known.get(key) if value in (None, "") else value for key, value in given.items()}
		if any(not _same(known.get(key), value) for key, value in new.items()):
			changes.update.append({"name": known["name"], **new})
		else:
			changes.unchanged += 1

	def _unit(self, unit: rules.Unit, billing: bool) -> None:
		known = self.units.get(unit.code)
		name = known.name if known else f"{self.project}-{unit.code}"
		building = self.buildings[unit.building].name
		given = {key: unit.values.get(key) for key in UNIT_FIELDS}
		if known is None:
			given["unit_type"] = given["unit_type"] or "Dwelling"
			given["state"] = given["state"] or rules.state_of(unit)
			self.plan.units.create.append(
				{
					"name": name,
					"project": self.project,
					"building": building,
					"unit_code": unit.code,
					**given,
					"building_area": given["building_area"] or 0,
					"inner_area": given["inner_area"] or 0,
				}
			)
		else:
			if known.building != building:
				self._issue(unit.place, "building", rules.ERROR, "other_building", known.building)
			self._compare(self.plan.units, known, given)
		people = [(person, self._resident(person, name)) for person in unit.people]
		rows = self._occupancies(unit, name, people)
		self._opening(unit, name, rows, billing)

	def _resident(self, person: rules.Person, unit: str) -> str:
		"""Name of the registered resident this person is, or of a new one."""
		values = person.values
		key, number, phone = name_key(values["resident_name"]), values.get("id_number"), values.get("phone")
		name = self.index_id.get(number) if number else None
		if name and self._known(name)["name_key"] != key:
			known = self._known(name)["resident_name"]
			if name in self.wanted:
				self._issue(person.place, "id_number", rules.ERROR, "id_of_other", known)
			else:
				self._issue(person.place, "resident_name", rules.WARNING, "id_known_as", known)
		if not name and phone:
			name = self._unless_other_id(self.index_phone.get((phone, key)), number)
		if not name:
			name = self._unless_other_id(self.index_home.get((unit, key)), number)
		if not name:
			name = frappe.generate_hash(length=10)
			self.fresh.add(name)
		wanted = self.wanted.setdefault(name, {})
		wanted.update(
			{
				key_: values[key_]
				for key_ in ("resident_name", "resident_type", "id_type", "id_number", "phone")
				if values.get(key_)
			}
		)
		wanted["name_key"] = key
		if number:
			self.index_id[number] = name
		if phone:
			self.index_phone[phone, key] = name
		self.index_home[unit, key] = name
		return name

	def _known(self, name: str) -> dict:
		return self.wanted.get(name) or self.residents[name]

	def _unless_other_id(self, name: str | None, number: str | None) -> str | None:
		"""A person with another ID number is another person, whatever else agrees."""
		if not name or not number:
			return name
		registered = self.wanted.get(name, {}).get("id_number") or self.ids.get(name)
		return None if registered and registered != number else name

	def _occupancies(self, unit: rules.Unit, name: str, people: list[tuple[rules.Person, str]]) -> list[dict]:
		"""Plan the occupancy rows of one home and return all rows that it will have."""
		existing = self.by_unit.get(name, [])
		payer = self._payer(unit, existing, people)
		result = {row.name: row for row in existing}
		places: dict[str, rules.Place] = {}
		for person, resident in people:
			values = person.values
			match = self._match(existing, resident, values)
			given = {
				"relation": values["relation"],
				"share": self._share(values, people, match),
				"is_payer": int(person is payer) if payer else (match.is_payer if match else 0),
				"from_date": values.get("from_date") or (match.from_date if match else self.as_of),
				"to_date": values.get("to_date") or (match.to_date if match else None),
				"resident_name": values["resident_name"],
			}
			if given["to_date"] and given["to_date"] < given["from_date"] and not values.get("from_date"):
				given["from_date"] = given["to_date"]
			given["status"] = occupancy_rules.status_on(given, self.today)
			if match:
				row = {**match, **given}
				if all(_same(match.get(key), row[key]) for key in (*OCCUPANCY_FIELDS, "resident_name", "status")):
					self.plan.occupancies.unchanged += 1
				else:
					self.plan.occupancies.update.append({"name": match.name, **given})
			else:
				row = {
					"name": frappe.generate_hash(length=10),
					"project": self.project,
					"unit": name,
					"resident": resident,
					**given,
				}
				self.plan.occupancies.create.append(row)
			result[row["name"]] = row
			places[row["name"]] = person.place
		if people:
			self._check(unit, list(result.values()), places)
		return list(result.values())

	def _match(self, existing: list[dict], resident: str, values: dict) -> dict | None:
		"""The registered row that a line of the roster speaks of: same person and relation, and not ended before."""
		rows = [row for row in existing if row.resident == resident and row.relation == values["relation"]]
		start = values.get("from_date")
		exact = [row for row in rows if start and row.from_date == start]
		going_on = [row for row in rows if row.to_date is None or not start or row.to_date >= start]
		return (exact or going_on[-1:] or [None])[0]

	def _share(self, values: dict, people: list, match: dict | None) -> Decimal:
		if values["relation"] not in HOLDERS:
			return Decimal(0)
		if values.get("share") is not None:
			return values["share"]
		if match:
			return Decimal(str(match.share or 0))
		holders = [person for person, _resident in people if person.values["relation"] in HOLDERS]
		return Decimal(100) if len(holders) == 1 else Decimal(0)

	def _payer(
		self, unit: rules.Unit, existing: list[dict], people: list[tuple[rules.Person, str]]
	) -> rules.Person | None:
		"""Who pays by this roster; None when what is registered stays."""
		named = [person for person, _resident in people if person.values.get("is_payer") == "1"]
		if named:
			return named[0]
		if occupancy_rules.payer_on(existing, self.as_of) or not people:
			return None
		present = [person for person, _resident in people if not person.values.get("to_date")]
		candidates = [
			person
			for person in present
			if person.values.get("is_payer") != "0" and person.values["relation"] in HOLDERS
		]
		if not candidates:
			self._issue(unit.place, "is_payer", rules.WARNING, "no_payer")
			return None
		chosen = min(candidates, key=lambda person: {OWNER: 0, DEVELOPER: 2}.get(person.values["relation"], 1))
		if len(present) > 1:
			self._issue(chosen.place, "is_payer", rules.WARNING, "payer_assumed", chosen.values["resident_name"])
		return chosen

	def _check(self, unit: rules.Unit, rows: list[dict], places: dict[str, rules.Place]) -> None:
		try:
			occupancy_rules.check(rows)
		except occupancy_rules.OccupancyConflict as conflict:
			registered = [row for row in conflict.rows if row["name"] not in places]
			mine = [row for row in conflict.rows if row["name"] in places]
			if (
				not registered
				and conflict.rule in ("payer", "share", "owner", "duplicate", "dates")
				and self._reported(unit)
			):
				return
			place = places[mine[-1]["name"]] if mine else unit.place
			column = {"payer": "is_payer", "share": "share", "dates": "to_date"}.get(conflict.rule, "relation")
			names = "、".join(
				f"{row['resident_name']} ({frappe._(row['relation'])}, {row['from_date']} – {row['to_date'] or ''})"
				for row in conflict.rows
			)
			self._issue(place, column, rules.ERROR, "occupancy_clash", names)

	def _reported(self, unit: rules.Unit) -> bool:
		"""True when the rows of this home alone have an error already: it is not told twice."""
		mine = {(person.place.sheet, person.place.row) for person in unit.people}
		return any(issue.level == rules.ERROR and (issue.sheet, issue.row) in mine for issue in self.roster.issues)

	def _opening(self, unit: rules.Unit, name: str, rows: list[dict], billing: bool) -> None:
		if not unit.opening_place:
			return
		if not billing:
			if unit.arrears or unit.prepayment:
				column = "arrears" if unit.arrears else "prepayment"
				self._issue(unit.opening_place, column, rules.ERROR, "opening_without_billing")
			return
		payer = occupancy_rules.payer_on(rows, self.as_of) or occupancy_rules.owner_on(rows, self.as_of)
		if payer is None:
			self._issue(unit.opening_place, "is_payer", rules.ERROR, "opening_without_person")
			return
		self.plan.openings.append(
			{
				"unit": name,
				"resident": payer["resident"],
				"arrears": unit.arrears,
				"prepayment": unit.prepayment,
				"as_of": self.as_of,
				"row": unit.opening_place.row,
			}
		)

	def _residents(self) -> None:
		for name, values in self.wanted.items():
			phone, number = values.get("phone"), values.get("id_number")
			given = {
				"resident_name": values["resident_name"],
				"name_key": values["name_key"],
				"resident_type": values["resident_type"],
				"id_type": values.get("id_type"),
				"phone_masked": mask_phone(phone),
				"phone_last4": last4(phone),
				"id_masked": mask_id(number),
			}
			if name in self.fresh:
				self.plan.residents.create.append({"name": name, "project": self.project, **given})
			else:
				changed_number = (phone and self.phones.get(name) != phone) or (number and self.ids.get(name) != number)
				if changed_number:
					known = self.residents[name]
					merged = {key: known.get(key) if value in (None, "") else value for key, value in given.items()}
					self.plan.residents.update.append({"name": name, **merged})
				else:
					self._compare(self.plan.residents, self.residents[name], given)
			if phone and self.phones.get(name) != phone:
				self.plan.private.append((name, private_values.PHONE, phone))
			if number and self.ids.get(name) != number:
				self.plan.private.append((name, private_values.ID_NUMBER, number))


def _same(one: Any, other: Any) -> bool:
	if isinstance(one, int | float | Decimal) or isinstance(other, int | float | Decimal):
		return Decimal(str(one or 0)) == Decimal(str(other or 0))
	return (one or "") == (other or "") if not isinstance(one, date) and not isinstance(other, date) else one == other


def make(project: str, rows: Iterable, as_of: date, today: date) -> Plan:
	"""Read rows of a workbook and compare them with the project."""
	return Planner(project, rules.assemble(rows), as_of, today).run()


def summary(plan: Plan) -> dict[str, dict[str, int]]:
	return {doctype: changes.counts() for doctype, changes in plan.kinds.items()}


def issue_counts(plan: Plan) -> Counter:
	return Counter(issue.code for issue in plan.issues)


def apply(plan: Plan, project: str, source: str, progress=None) -> None:
	"""Write a plan without errors, in one transaction of the caller: all of it or nothing."""
	assert not plan.count(rules.ERROR)
	steps = [
		("Property Building", plan.buildings),
		("Property Unit", plan.units),
		("Resident", plan.residents),
		("Unit Occupancy", plan.occupancies),
	]
	total = (
		sum(len(changes.create) + len(changes.update) for _doctype, changes in steps)
		+ len(plan.private)
		+ len(plan.units.create)
	)
	done = 0

	def report(extra: int = 0) -> None:
		if progress:
			progress(min(99, 100 * (done + extra) // max(total, 1)))

	for doctype, changes in steps:
		bulk.insert(doctype, changes.create, report)
		bulk.update(doctype, changes.update)
		done += len(changes.create) + len(changes.update)
		report()
	_write_private(plan)
	done += len(plan.private)
	report()
	touched = {row["unit"] for row in plan.occupancies.create} | _units_of(plan.occupancies.update)
	occupancies.refresh_units(touched)
	if plan.openings:
		for contribute in state.contributions("opening_balances"):
			contribute(project, [{**row, "source": source} for row in plan.openings])
	report()


def _write_private(plan: Plan) -> None:
	changed = defaultdict(list)
	for resident, kind, _value in plan.private:
		changed[kind].append(resident)
	fresh = {row["name"] for row in plan.residents.create}
	for kind, residents in changed.items():
		replaced = [name for name in residents if name not in fresh]
		for part in bulk.chunks(replaced):
			frappe.db.delete(private_values.DOCTYPE, {"resident": ["in", part], "kind": kind})
	bulk.insert(
		private_values.DOCTYPE,
		[
			{"name": frappe.generate_hash(length=10), "resident": resident, "kind": kind, "contact": "", "value": value}
			for resident, kind, value in plan.private
		],
	)


def _units_of(rows: list[dict]) -> set[str]:
	names = [row["name"] for row in rows]
	units: set[str] = set()
	for part in bulk.chunks(names):
		# lint: allow query-in-loop: one query for a thousand rows
		units.update(frappe.get_all("Unit Occupancy", filters={"name": ["in", part]}, pluck="unit"))
	return units
