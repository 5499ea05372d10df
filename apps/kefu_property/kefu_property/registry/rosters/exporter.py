"""The template of a roster, and a project's roster in the same form."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe import _

from kefu_property.registry import occupancies, personal_data, private_values
from kefu_property.registry.exceptions import RevealRefused
from kefu_property.registry.rosters import workbook
from kefu_property.rules import roster as rules

SHEET = "名册"
FULL_ROLES = {"Office Director", "Kefu Administrator"}
HEADERS = [rules.HEADERS[column][0] for column in rules.COLUMNS]
#: columns of buildings come last in use; the template leaves out what a flat sheet does not need
EXAMPLE = {
	"building": "1",
	"entrance": "2",
	"floor": "3",
	"unit_code": "1-2-301",
	"unit_type": "住宅",
	"layout": "三室两厅",
	"building_area": 89.53,
	"inner_area": 72.1,
	"state": "自住",
	"handover_date": "2019-06-30",
	"resident_name": "张三",
	"phone": "13800000000",
	"id_type": "居民身份证",
	"id_number": "330106199001010011",
	"relation": "业主",
	"share": "100%",
	"from_date": "2019-09-01",
	"is_payer": "是",
	"arrears": 120.5,
}


def template() -> bytes:
	"""Empty roster with an explanation of every column."""
	explained = [
		(rules.HEADERS[column][0], text, str(EXAMPLE.get(column, ""))) for column, text in _explanations().items()
	]
	return workbook.write(
		[
			(SHEET, HEADERS, []),
			(_("Explanation"), [_("Column"), _("What to Write"), _("Example")], explained),
		],
		widths=18,
	)


def _explanations() -> dict[str, str]:
	def words(column: str) -> str:
		return "、".join(options[0] for options in rules.WORDS[column].values())

	return {
		"building": _("Code of the building, such as 1 or 3A"),
		"building_name": _("Name of the building, if it has one"),
		"building_kind": words("building_kind"),
		"entrance": _("Entrance within the building"),
		"floor": _("Floor"),
		"unit_code": _("Full code 1-2-301, or the room 301 with building and entrance in their columns. Required"),
		"unit_type": words("unit_type"),
		"layout": _("Layout in words"),
		"building_area": _("Square metres of the title deed"),
		"inner_area": _("Square metres inside"),
		"state": words("state"),
		"handover_date": _("Day on which the home was handed over"),
		"resident_name": _("One person per row; further people of the same home in further rows"),
		"phone": _("Mobile, landline with area code, or foreign number with +"),
		"id_type": words("id_type"),
		"id_number": _("Format the column as text"),
		"relation": words("relation"),
		"share": _("Share of ownership: 50, 50% or 1/2"),
		"from_date": _("First day in this relation; empty means the date of the roster"),
		"to_date": _("Last day in this relation; empty while it goes on"),
		"is_payer": _("{0} for the one who pays the fees").format("是"),
		"arrears": _("Yuan owed on the date of the roster, once per home"),
		"prepayment": _("Yuan paid in advance on the date of the roster, once per home"),
	}


def export(project: str, full: bool, purpose: str) -> bytes:
	"""Roster of a project as it stands, phone and ID masked unless `full`. Writes the access log.

	Raises RevealRefused when the role does not allow full numbers or the purpose is none of the project's.
	"""
	if full and frappe.session.user != "Administrator" and not FULL_ROLES & set(frappe.get_roles()):
		frappe.throw(
			_("Full numbers leave the system only with the Office Director. Export with masked numbers."), RevealRefused
		)
	if purpose not in personal_data.purposes(project):
		frappe.throw(_("Name one of the project's purposes for seeing personal data."), RevealRefused)
	rows = list(_rows(project, full))
	personal_data.log(project, "Roster Export", f"{_(purpose)} ({_('full') if full else _('masked')})", rows=len(rows))
	return workbook.write([(SHEET, HEADERS, rows)])


def _rows(project: str, full: bool):
	scope = {"project": project}
	buildings = {
		row.name: row
		for row in frappe.get_all(
			"Property Building", filters=scope, fields=["name", "building_code", "building_name", "kind"]
		)
	}
	fields = ["name", "resident_name", "phone_masked", "id_masked", "id_type"]
	residents = {row.name: row for row in frappe.get_all("Resident", filters=scope, fields=fields)}
	numbers = defaultdict(dict)
	if full:
		for row in private_values.of_project(project):
			numbers[row.resident][row.kind] = row.value
	holding = defaultdict(list)
	for row in frappe.get_all(
		"Unit Occupancy",
		filters={**scope, "status": ["!=", "Ended"]},
		fields=list(occupancies.FIELDS),
		order_by="from_date, relation, name",
	):
		holding[row.unit].append(row)
	unit_fields = [
		"name",
		"building",
		"unit_code",
		"entrance",
		"floor",
		"unit_type",
		"layout",
		"building_area",
		"inner_area",
		"state",
		"handover_date",
	]
	for unit in frappe.get_all("Property Unit", filters={**scope, "disabled": 0}, fields=unit_fields, order_by="name"):
		building = buildings[unit.building]
		of_unit = {
			"building": building.building_code,
			"building_name": building.building_name,
			"building_kind": _word("building_kind", building.kind),
			**{
				key: unit[key]
				for key in ("unit_code", "entrance", "floor", "layout", "building_area", "inner_area", "handover_date")
			},
			"unit_type": _word("unit_type", unit.unit_type),
			"state": _word("state", unit.state),
		}
		for row in holding.get(unit.name) or [None]:
			yield _line(of_unit if row is None else {**of_unit, **_person(row, residents[row.resident], numbers, full)})


def _person(row, resident, numbers, full: bool) -> dict:
	has_id = bool(resident.id_masked)
	return {
		"resident_name": resident.resident_name,
		"phone": numbers[row.resident].get(private_values.PHONE) if full else resident.phone_masked,
		"id_type": _word("id_type", resident.id_type) if has_id else None,
		"id_number": numbers[row.resident].get(private_values.ID_NUMBER) if full else resident.id_masked,
		"relation": _word("relation", row.relation),
		"share": f"{row.share:g}%" if row.share else None,
		"from_date": row.from_date,
		"to_date": row.to_date,
		"is_payer": "是" if row.is_payer else "否",
	}


def _word(column: str, value: str | None) -> str | None:
	return rules.WORDS[column][value][0] if value in rules.WORDS[column] else None


def _line(values: dict) -> list:
	return [_plain(values.get(column)) for column in rules.COLUMNS]


def _plain(value):
	return value.isoformat() if hasattr(value, "isoformat") else (value or None)
