"""Which modules a site has, and which of them are switched on (DESIGN §3)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import frappe
from frappe import _

from kefu_property.suite import manifest as manifests

CACHE_KEY = "kefu_enabled_modules"


class ModuleStateError(frappe.ValidationError):
	"""A module cannot be switched: another one needs it, or it needs another one."""


def all_modules() -> dict[str, dict]:
	"""Manifests of all modules that installed apps bring, by key, each after what it depends on."""
	return _ordered(tuple(dict.fromkeys(frappe.get_hooks("kefu_modules"))))


@lru_cache(maxsize=8)
def _ordered(paths: tuple[str, ...]) -> dict[str, dict]:
	return {entry["key"]: entry for entry in manifests.in_order([manifests.load(path) for path in paths])}


def enabled_keys() -> set[str]:
	"""Keys of the modules that are on. A module without a row yet is on, as it is right after its installation."""

	def read() -> list[str]:
		rows = dict(frappe.get_all("Module", fields=["name", "enabled"], as_list=True))
		return [key for key in all_modules() if rows.get(key, 1)]

	if "kefu_enabled" not in frappe.local.flags:
		frappe.local.flags.kefu_enabled = set(frappe.cache.get_value(CACHE_KEY, read) or ())
	return frappe.local.flags.kefu_enabled


def forget() -> None:
	"""Drop what is cached of the modules' states."""
	frappe.cache.delete_value(CACHE_KEY)
	frappe.local.flags.pop("kefu_enabled", None)


def is_enabled(key: str) -> bool:
	return key in enabled_keys()


def enabled_modules() -> list[dict]:
	keys = enabled_keys()
	return [entry for key, entry in all_modules().items() if key in keys]


def contributions(point: str) -> list[Callable]:
	"""Functions that enabled modules contribute at the named extension point, in order of dependency."""
	return [
		frappe.get_attr(manifests.absolute(entry, name))
		for entry in enabled_modules()
		for name in entry.get("contributes", {}).get(point, ())
	]


def owners() -> dict[str, dict[str, str]]:
	"""Maps from what a request can name to the key of its module: `doctype`, `report`, `page`, `workspace`, `package`."""
	cached = frappe.local.flags.get("kefu_owners")
	if cached is None:
		cached = {"doctype": {}, "report": {}, "page": {}, "workspace": {}, "package": {}}
		for key, entry in all_modules().items():
			cached["package"][entry["package"]] = key
			cached["doctype"].update(dict.fromkeys(manifests.doctypes(entry["package"]), key))
			for kind in ("report", "page", "workspace"):
				cached[kind].update(dict.fromkeys(manifests.records(entry["package"], kind), key))
		frappe.local.flags.kefu_owners = cached
	return cached


def dependents(key: str) -> list[str]:
	"""Keys of all modules that need `key`, directly or not."""
	needed = {key}
	for other, entry in all_modules().items():
		if needed & set(entry["depends"]):
			needed.add(other)
	return [other for other in all_modules() if other in needed and other != key]


def requirements(key: str) -> list[str]:
	"""Keys of all modules that `key` needs, foundation first."""
	modules, needed, todo = all_modules(), set(), list(all_modules()[key]["depends"])
	while todo:
		name = todo.pop()
		if name not in needed:
			needed.add(name)
			todo.extend(modules[name]["depends"])
	return [name for name in modules if name in needed]


def enable(key: str) -> list[str]:
	"""Switch a module on together with what it needs. Returns the keys that changed, foundation first."""
	_known(key)
	changed = [name for name in [*requirements(key), key] if not is_enabled(name)]
	keys = enabled_keys() | set(changed)
	# glue between modules comes on by itself once everything that it joins is on
	for other, entry in all_modules().items():
		if entry.get("auto_install") and other not in keys and set(entry["depends"]) <= keys:
			changed.append(other)
			keys.add(other)
	_write(changed, True)
	return changed


def disable(key: str) -> list[str]:
	"""Switch a module off together with the modules that need it. Returns the keys that changed, dependents first.

	Raises ModuleStateError for a module that the suite cannot be without. Data stays.
	"""
	_known(key)
	if key == "registry":
		frappe.throw(_("The registry is the foundation of all modules and stays enabled."), ModuleStateError)
	changed = [name for name in reversed([key, *dependents(key)]) if is_enabled(name)]
	_write(changed, False)
	return changed


def _known(key: str) -> None:
	if key not in all_modules():
		frappe.throw(_("There is no module {0}. Modules: {1}").format(key, ", ".join(all_modules())), ModuleStateError)


def _write(keys: list[str], on: bool) -> None:
	from kefu_property.suite import setup

	if not keys:
		return
	for key in keys:
		frappe.db.set_value("Module", key, "enabled", int(on))  # lint: allow query-in-loop: a handful of switches
	forget()
	for key in keys:
		setup.apply_state(all_modules()[key], on)
	if on:
		for key in keys:
			setup.set_up_module(all_modules()[key])
	frappe.clear_cache()
