"""What renovation says to other modules: whether a move is free to go, the front desk, the portal's home page."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_date, getdate

from kefu_property.registry import api as registry
from kefu_property.renovation import permits


def running_works(move) -> list[dict]:
	"""Extension point `move_checks`: running works block a move, a deposit that is held is pointed out (D19)."""
	label = _("Renovation")
	rows = frappe.get_all(
		"Renovation Permit",
		filters={"unit": move.get("unit"), "status": ["in", permits.OPEN]},
		fields=["name", "status", "end_date", "refund"],
		order_by="creation",
	)
	running = [row for row in rows if row.status in permits.RUNNING]
	if running:
		detail = _("; ").join(_("{0} until {1}").format(row.name, format_date(row.end_date)) for row in running)
		return [
			{
				"check": "renovation.running",
				"label": label,
				"status": "blocked",
				"detail": _("Works are running: {0}").format(detail),
			}
		]
	if rows:
		detail = _("; ").join(_("{0}: deposit {1} yuan").format(row.name, row.refund) for row in rows)
		return [{"check": "renovation.running", "label": label, "status": "warning", "detail": detail}]
	return [{"check": "renovation.running", "label": label, "status": "ok", "detail": _("No works.")}]


def front_desk(context) -> list[dict]:
	"""Extension point `front_desk_cards`: permits of these homes, with the way to apply."""
	if not frappe.has_permission("Renovation Permit"):
		return []
	units = list(context.get("units") or ())
	residents = list(context.get("residents") or ())
	rows = frappe.get_all(
		"Renovation Permit",
		filters={"unit": ["in", units or [""]], "status": ["in", permits.OPEN]},
		fields=["name", "unit", "status", "end_date", "open_violations"],
		order_by="end_date",
	)
	return [
		{
			"key": "renovation",
			"title": _("Renovation"),
			"items": [
				{
					"title": f"{row.name} {_(row.status)}",
					"text": _("until {0}, {1} violations open").format(format_date(row.end_date), row.open_violations),
					"route": ["Form", "Renovation Permit", row.name],
					"indicator": tone(row.status, row.end_date),
				}
				for row in rows
			],
			"actions": [
				{
					"label": _("Apply for Renovation"),
					"doctype": "Renovation Application",
					"values": {
						"project": context.get("project"),
						"unit": units[0] if units else None,
						"resident": residents[0] if residents else None,
					},
				}
			],
		}
	]


def tone(status: str, end_date) -> str:
	"""Colour of a permit: red stopped or expired, blue in progress, orange waits, green closed, gray cancelled."""
	if status == "Stopped" or (status == "In Progress" and getdate(end_date) < getdate()):
		return "red"
	return {"In Progress": "blue", "Closed": "green", "Cancelled": "gray"}.get(status, "orange")


def home_cards(user: str) -> list[dict]:
	"""Extension point `portal_home_cards`: works of the resident that run."""
	residents = registry.residents_of_user(user)
	rows = frappe.get_all(
		"Renovation Permit",
		filters={"resident": ["in", residents or [""]], "status": ["in", permits.RUNNING]},
		fields=["name", "status", "end_date"],
		order_by="end_date",
	)
	if not rows:
		return []
	stopped = any(row.status == "Stopped" for row in rows)
	return [
		{
			"title": _("Renovation"),
			"value": _(rows[0].status) if not stopped else _("Stopped"),
			"text": _("until {0}").format(format_date(rows[0].end_date)),
			"href": "/portal/renovation",
			"tone": "bad" if stopped else "plain",
			"icon": "wrench",
			"order": 50,
		}
	]


#: colours and words of the layer in the unit grid, as in tone()
GRID = {
	"No Works": "gray",
	"In Progress": "blue",
	"Stopped or expired": "red",
	"Waits for re-check or refund": "orange",
}


def grid_layer(project: str) -> dict | None:
	"""Extension point `unit_grid_layers`: homes with works that are not settled."""
	if not frappe.has_permission("Renovation Permit"):
		return None
	rows = frappe.get_all(
		"Renovation Permit",
		filters={"project": project, "status": ["in", permits.OPEN]},
		fields=["unit", "status", "end_date"],
		order_by="creation",
	)
	names = {colour: name for name, colour in GRID.items()}
	return {
		"key": "renovation",
		"label": _("Renovation"),
		"default": "No Works",
		"states": [{"key": name, "label": _(name), "colour": colour} for name, colour in GRID.items()],
		"units": {row.unit: names[tone(row.status, row.end_date)] for row in rows},
	}
