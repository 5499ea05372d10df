"""The front desk: type a phone, plate, home or name, and see everything about the people and the home on one page (D3, D7).

Other modules add sections through the extension point `front_desk_cards`: functions `(context) -> list[dict]` that get `project`,
`units`, `residents` (names) and return sections with `key`, `title`, `items` (`title`, `text`, `route`, `indicator`) and
`actions` (`label`, `doctype`, `values`).
"""

import frappe
from frappe import _
from frappe.utils import format_datetime

from kefu_property.registry import api as registry
from kefu_property.rules.personal_data import clean_text
from kefu_property.service_desk import departments
from kefu_property.service_desk.case import OPEN
from kefu_property.suite import state

LIMIT = 20
RECENT = 5
COLOURS = {
	"Overdue": "red",
	"Due Soon": "orange",
	"Waiting": "gray",
	"On Time": "blue",
	"Met": "green",
	"Missed": "orange",
}


@frappe.whitelist()
def search(text: str, project: str | None = None) -> list[dict]:
	"""People and homes that fit: rows `resident`, `resident_name`, `phone_masked`, `unit`, `unit_code`, `relation`, `project`.

	A home in which nobody is registered is a row without a resident. Only the user's projects are searched.
	"""
	frappe.has_permission("Resident", throw=True)
	text = clean_text(text)
	if not text:
		return []
	rows = registry.search_residents(text, project, LIMIT)
	if any(char.isdigit() for char in text) and len(rows) < LIMIT:
		filters = {"unit_code": ["like", f"{text}%"], "disabled": 0} | ({"project": project} if project else {})
		seen = {row["unit"] for row in rows}
		homes = frappe.get_list(
			"Property Unit",
			filters=filters,
			fields=["name as unit", "unit_code", "project"],
			limit=LIMIT,
			order_by="unit_code",
		)
		rows += [row for row in homes if row.unit not in seen]
	return rows[:LIMIT]


@frappe.whitelist()
def overview(resident: str | None = None, unit: str | None = None) -> dict:
	"""Everything the desk shows about a resident or a home: `title`, `project`, `people`, `homes`, `sections`.

	Raises PermissionError for what is not of the user's projects.
	"""
	units, residents = [], []
	if resident:
		frappe.get_doc("Resident", resident).check_permission("read")
		residents = [resident]
	if unit:
		frappe.get_doc("Property Unit", unit).check_permission("read")
		units = [unit]
	people = living(units, residents)
	residents = list(dict.fromkeys([*residents, *(row.resident for row in people)]))
	units = list(dict.fromkeys([*units, *(row.unit for row in people)]))
	facts = {
		row.name: row
		for row in frappe.get_all(
			"Property Unit",
			filters={"name": ["in", units or [""]]},
			fields=["name", "unit_code", "project", "unit_type", "state", "building_area", "remarks"],
		)
	}
	names = frappe.get_all(
		"Resident",
		filters={"name": ["in", residents or [""]]},
		fields=["name", "resident_name", "phone_masked", "project", "preferred_language", "remarks"],
	)
	project = next((row.project for row in (*facts.values(), *names)), None)
	context = frappe._dict(project=project, units=units, residents=residents)
	return {
		"project": project,
		"resident": resident,
		"unit": unit or (units[0] if len(units) == 1 else None),
		"people": [
			{**row, "roles": [f"{home.unit} · {_(home.relation)}" for home in people if home.resident == row.name]}
			for row in names
		],
		"homes": [
			{
				**row,
				"state_label": _(row.state),
				"unit_type_label": _(row.unit_type),
				"building_area": str(row.building_area or ""),
			}
			for row in facts.values()
		],
		"sections": [*cases_section(context), *arrears_section(context), *contributed(context)],
	}


def living(units: list[str], residents: list[str]) -> list:
	"""Current occupancies of these homes, or of these residents when no home is named."""
	filters = {"unit": ["in", units]} if units else {"resident": ["in", residents or [""]]}
	return frappe.get_all(
		"Unit Occupancy",
		filters={**filters, "status": "Current"},
		fields=["unit", "resident", "relation"],
		order_by="unit, relation",
		limit=100,
	)


def cases_section(context: frappe._dict) -> list[dict]:
	"""Open cases of the homes and people, then the last finished ones."""
	items = []
	for doctype in departments.CASES:
		rows = frappe.get_list(  # lint: allow query-in-loop: one query for each of the three kinds
			doctype,
			filters={"project": context.project, "name": ["in", cases_of(doctype, context) or [""]]},
			fields=["name", "subject", "status", "deadline_state", "received_on"],
			order_by="received_on desc",
		)
		items += [(row, doctype) for row in rows]
	items.sort(key=lambda pair: pair[0].received_on, reverse=True)
	running = [pair for pair in items if pair[0].status in OPEN]
	finished = [pair for pair in items if pair[0].status not in OPEN][:RECENT]

	def item(row, doctype: str) -> dict:
		return {
			"title": f"{row.name} {row.subject}",
			"text": f"{_(row.status)} · {format_datetime(row.received_on)}",
			"route": ["Form", doctype, row.name],
			"indicator": COLOURS.get(row.deadline_state, "gray"),
		}

	return [
		{"key": "open-cases", "title": _("Open Cases"), "items": [item(*pair) for pair in running], "actions": []},
		{
			"key": "finished-cases",
			"title": _("Finished Cases"),
			"items": [item(*pair) for pair in finished],
			"actions": [],
		},
	]


def cases_of(doctype: str, context: frappe._dict) -> list[str]:
	"""Names of the newest open and finished cases of the homes or people, read from the indexes alone; rights are for the caller."""
	table, found = frappe.qb.DocType(doctype), []
	for field, names in ((table.unit, context.units), (table.resident, context.residents)):
		for state_fits, limit in ((table.status.isin(OPEN), LIMIT), (table.status.notin(OPEN), RECENT)):
			rows = frappe.qb.from_(table).select(table.name).where(field.isin(names or [""])).where(state_fits)
			# lint: allow query-in-loop: an index serves each of the four, and none serves them together
			found += rows.orderby(table.received_on, order=frappe.qb.desc).limit(limit).run(pluck=True)
	return found


def arrears_section(context: frappe._dict) -> list[dict]:
	"""What is overdue, where the module Billing is on and has no section of its own."""
	if not state.is_enabled("billing") or not context.units:
		return []
	from kefu_property.billing import api as billing

	amounts = billing.arrears(context.units)
	items = [
		{
			"title": unit,
			"text": _("{0} yuan overdue").format(amount),
			"route": ["Form", "Property Unit", unit],
			"indicator": "red",
		}
		for unit, amount in amounts.items()
	]
	return [{"key": "arrears", "title": _("Arrears"), "items": items, "actions": []}]


def contributed(context: frappe._dict) -> list[dict]:
	"""Sections of other modules, those that the user may see."""
	sections = []
	for function in state.contributions("front_desk_cards"):
		try:
			sections += function(context) or []
		except frappe.PermissionError:
			continue  # the user's role does not see these records: no section for them
	return sections
