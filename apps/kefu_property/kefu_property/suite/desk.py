"""What the desk is told at start: only enabled modules, and where the user's day begins; the staff's sign-in page."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.suite import access, state


def extend_boot(bootinfo) -> None:
	"""Hook `boot_session`: hide what belongs to modules that are off and set the role's home page."""
	owners, enabled = state.owners(), state.enabled_keys()

	def is_on(kind: str, name: str) -> bool:
		return owners[kind].get(name) is None or owners[kind][name] in enabled

	user = bootinfo.user
	for key, value in user.items():
		if key.startswith("can_") and isinstance(value, list):
			user[key] = [name for name in value if is_on("doctype", name)]
	if isinstance(user.get("all_reports"), dict):
		user["all_reports"] = {name: report for name, report in user["all_reports"].items() if is_on("report", name)}
	bootinfo.page_info = {name: page for name, page in bootinfo.page_info.items() if is_on("page", name)}
	bootinfo.allowed_workspaces = [
		page for page in bootinfo.allowed_workspaces or () if is_on("workspace", page.get("name"))
	]
	bootinfo.kefu = {"home": home_route(frappe.session.user), "modules": sorted(enabled)}


def home_route(user: str) -> str | None:
	"""Desk route where the user's day begins: the home of the first of their roles, in the manifests' order."""
	roles = set(frappe.get_roles(user))
	if user == "Administrator":
		return None
	for entry in state.enabled_modules():
		for role, facts in entry.get("roles", {}).items():
			if role in roles and facts.get("home") and _exists(facts["home"]):
				return facts["home"]
	return None


def _exists(route: str) -> bool:
	"""A home whose page or workspace belongs to a module that is off is passed over."""
	owners = state.owners()
	key = owners["page"].get(route)
	return key is None or state.is_enabled(key)


def brand_page(context) -> None:
	"""Hook `update_website_context`: the product's name in the reader's language on the pages of signing in."""
	context.app_name = _(context.app_name or frappe.get_website_settings("app_name") or "Kefu Property")
	context.login_name_placeholder = _("E-mail or mobile number")
	if context.title == "Login":
		context.title = _("Login to {0}").format(context.app_name)


def may_use_desk() -> bool:
	"""Whether the app's tile is shown: to everybody who works at the desk."""
	return not access.is_outsider(frappe.session.user)
