"""Colour layers of the unit grid: the registry's own, and what makes a layer of another module one."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.suite import state

#: colours that the page knows: gray, blue, green, yellow, orange, red, purple, cyan
OCCUPANCY = {
	"Developer-held": "gray",
	"Vacant": "yellow",
	"Occupied": "green",
	"Renovating": "orange",
	"Let": "blue",
}


def occupancy(project: str) -> dict:
	"""Extension point `unit_grid_layers`: the state of each home."""
	rows = frappe.get_all(
		"Property Unit", filters={"project": project, "disabled": 0}, fields=["name", "state"], as_list=True
	)
	return {
		"key": "occupancy",
		"label": _("State of Homes"),
		"states": [{"key": name, "label": _(name), "colour": colour} for name, colour in OCCUPANCY.items()],
		"units": dict(rows),
	}


def layers(project: str) -> list[dict]:
	"""All layers that the session's user may see, in order of the modules.

	A contribution is a function `(project) -> dict | None` with one query for the whole project: `key`, `label`, `states`
	(a list of `key`, `label`, `colour`), `units` (home → key of its state) and, when homes that it does not name have a
	state, `default`. None stands for what the user may not see. The page has checked the project.
	"""
	return [layer for contribute in state.contributions("unit_grid_layers") if (layer := contribute(project))]
