"""Server side of the page Unit Grid (房态图): the homes of a project as coloured boxes (D1)."""

import frappe
from frappe import _

from kefu_property.registry import grid_layers, scope
from kefu_property.rules import unit_grid as rules


@frappe.whitelist()
def get_projects() -> list[dict]:
	"""Projects of the user: `name`, `project_name`."""
	if not frappe.has_permission("Property Unit"):
		_refuse()
	filters = {"name": ["in", allowed or [""]]} if (allowed := scope.projects()) is not None else {}
	return frappe.get_all("Property Project", filters=filters, fields=["name", "project_name"], order_by="name")


@frappe.whitelist()
def get_grid(project: str) -> dict:
	"""`buildings` as in `rules.unit_grid.arrange` with `title`, and `layers` with the state of each home.

	One query for the homes, one for the buildings, one for each layer. Homes come as [name, unit code, room].
	"""
	if not frappe.has_permission("Property Unit"):
		_refuse()
	scope.projects(project)
	units = frappe.get_all(
		"Property Unit",
		filters={"project": project, "disabled": 0},
		fields=["name", "unit_code", "building", "entrance", "floor", "room"],
		order_by="unit_code",
	)
	titles = {
		row.name: row.building_name or row.building_code
		for row in frappe.get_all(
			"Property Building", filters={"project": project}, fields=["name", "building_name", "building_code"]
		)
	}
	buildings = rules.arrange(units)
	for building in buildings:
		building["title"] = titles.get(building["building"]) or building["building"]
		for floor in building["floors"]:
			floor["cells"] = [[[row.name, row.unit_code, row.room or ""] for row in cell] for cell in floor["cells"]]
	return {"buildings": buildings, "layers": grid_layers.layers(project)}


def _refuse() -> None:
	frappe.throw(_("Your role may not read {0}.").format(_("Property Unit")), frappe.PermissionError)
