"""What handing over says to other modules: the front desk, the portal's home page, moves, the grid of homes."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_date, format_datetime, getdate

from kefu_property.handover import defects
from kefu_property.registry import api as registry
from kefu_property.rules import handover_rules as rules

TONES = {
	rules.TO_BE_BOOKED: "gray",
	rules.BOOKED: "blue",
	rules.WAITING: "orange",
	rules.CALLED: "orange",
	rules.IN_PROGRESS: "orange",
	rules.HANDED_OVER: "green",
	rules.WITH_DEFECTS: "yellow",
	rules.REFUSED: "red",
	rules.ABSENT: "red",
}


def open_defects(move) -> list[dict]:
	"""Extension point `move_checks`: defects that the developer still repairs are pointed out; they never block (D19)."""
	label = _("Handover Defects")
	count = frappe.db.count("Handover Defect", {"unit": move.get("unit"), "status": ["in", defects.OPEN]})
	if not count:
		return [{"check": "handover.defects", "label": label, "status": "ok", "detail": _("No defect is open.")}]
	detail = _("{0} defects wait for the developer. Tell the new owner.").format(count)
	return [{"check": "handover.defects", "label": label, "status": "warning", "detail": detail}]


def front_desk(context) -> list[dict]:
	"""Extension point `front_desk_cards`: handovers of these homes or buyers, and their open defects."""
	if not frappe.has_permission("Home Handover"):
		return []
	units, residents = list(context.get("units") or ()), list(context.get("residents") or ())
	rows = frappe.get_all(
		"Home Handover",
		filters={"project": context.get("project")} if context.get("project") else {},
		or_filters={"unit": ["in", units or [""]], "resident": ["in", residents or [""]]},
		fields=["name", "unit_code", "status", "appointment", "open_defects"],
		order_by="appointment",
		limit=20,
	)
	rows = [row for row in rows if row.status not in rules.DONE or row.open_defects]
	if not rows:
		return []
	return [
		{
			"key": "handover",
			"title": _("Handover"),
			"items": [
				{
					"title": f"{row.unit_code} {_(row.status)}",
					"text": _("{0} defects open").format(row.open_defects)
					if row.open_defects
					else (format_datetime(row.appointment) if row.appointment else _("No appointment yet")),
					"route": ["Form", "Home Handover", row.name],
					"indicator": TONES[row.status],
				}
				for row in rows
			],
			"actions": [],
		}
	]


def home_cards(user: str) -> list[dict]:
	"""Extension point `portal_home_cards`: a home that waits for its buyer."""
	residents = registry.residents_of_user(user)
	rows = frappe.get_all(
		"Home Handover",
		filters={"resident": ["in", residents or [""]], "status": ["not in", rules.DONE]},
		fields=["unit_code", "status", "appointment", "batch.to_date"],
		order_by="`tabHome Handover`.appointment",
		limit=1,
	)
	if not rows:
		return []
	row = rows[0]
	return [
		{
			"title": _("Handover of {0}").format(row.unit_code),
			"value": format_datetime(row.appointment, "MM-dd HH:mm") if row.status == rules.BOOKED else _(row.status),
			"text": _("Your appointment")
			if row.status == rules.BOOKED
			else _("until {0}").format(format_date(row.to_date)),
			"href": "/portal/handover",
			"tone": "plain" if row.status == rules.BOOKED else "bad",
			"icon": "key",
			"order": 20,
		}
	]


def grid_layer(project: str) -> dict | None:
	"""Extension point `unit_grid_layers`: how far the handover of each home is, overdue defects apart."""
	if not frappe.has_permission("Home Handover"):
		return None
	late = set(
		frappe.get_all(
			"Handover Defect",
			filters={
				"project": project,
				"status": ["in", defects.OPEN],
				"due_date": ["<", getdate()],
				"unit": ["is", "set"],
			},
			pluck="unit",
			distinct=True,
		)
	)
	rows = frappe.get_all("Home Handover", filters={"project": project}, fields=["unit", "status"], as_list=True)
	overdue = "Defects Overdue"
	return {
		"key": "handover",
		"label": _("Handover"),
		"states": [
			*({"key": name, "label": _(name), "colour": colour} for name, colour in TONES.items()),
			{"key": overdue, "label": _(overdue), "colour": "purple"},
		],
		"units": {unit: overdue if status in rules.DONE and unit in late else status for unit, status in rows},
	}
