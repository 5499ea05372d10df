"""Server side of the page Modules, the suite's shop window (DESIGN §3)."""

import frappe
from frappe import _

from kefu_property.suite import manifest as manifests
from kefu_property.suite import state

VIEWERS = ("Kefu Administrator", "System Manager", "Office Director", "CS Supervisor", "HQ Quality Auditor")
SWITCHERS = ("Kefu Administrator", "System Manager")


@frappe.whitelist()
def get_modules() -> dict:
	"""Modules with texts in the user's language, in order of dependency, and whether the user may switch them."""
	frappe.only_for(VIEWERS)
	enabled = state.enabled_keys()
	modules = state.all_modules()
	return {
		"may_switch": bool(set(SWITCHERS) & set(frappe.get_roles())),
		"modules": [
			{
				"key": key,
				"title": _(entry["name"]),
				"summary": _(entry["summary"]),
				"category": _(entry["category"]),
				"version": entry["version"],
				"duties": entry["duties"],
				"enabled": key in enabled,
				"in_preparation": not manifests.doctypes(entry["package"]),
				"depends": [_(modules[name]["name"]) for name in entry["depends"]],
				"dependents": [_(modules[name]["name"]) for name in state.dependents(key) if name in enabled],
				"missing": [_(modules[name]["name"]) for name in state.requirements(key) if name not in enabled],
				"foundation": key == "registry",
				"workspace": next(
					iter(name for name, owner in state.owners()["workspace"].items() if owner == key), None
				),
			}
			for key, entry in modules.items()
		],
	}


@frappe.whitelist(methods=["POST"])
def switch(module: str, on: bool) -> list[str]:
	"""Switch a module on or off, together with what that needs. Returns the keys of the modules that changed."""
	frappe.only_for(SWITCHERS)
	return state.enable(module) if on else state.disable(module)
