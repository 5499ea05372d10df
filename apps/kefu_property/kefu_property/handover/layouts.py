"""The rooms of a home and its floor plan: by its layout, else the rooms that every home has."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.registry import api as registry

USUAL_ROOMS = ("Entrance", "Living Room", "Bedroom", "Kitchen", "Bathroom", "Balcony")


def of_unit(unit: str) -> dict:
	"""`plan` (address of the picture or None) and `rooms`, a list of (name, kind)."""
	facts = registry.unit_facts(unit)
	name = frappe.db.get_value("Home Layout", {"project": facts["project"], "layout": facts["layout"] or ""})
	if not name:
		return {"plan": None, "rooms": [(_(kind), kind) for kind in USUAL_ROOMS] + [(_("Whole Home"), "Whole Home")]}
	doc = frappe.get_cached_doc("Home Layout", name)
	return {"plan": doc.plan, "rooms": [(row.room_name, row.room_kind) for row in doc.rooms]}
