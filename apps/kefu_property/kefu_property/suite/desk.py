"""What the desk is told at start: only enabled modules, and where the user's day begins; the staff's sign-in page."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property import compat
from kefu_property.suite import access, state

DEFAULT_HOME = "my-day"


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
	bootinfo.allowed_workspaces = filled(bootinfo.get("allowed_workspaces") or [])
	if bootinfo.get("workspaces"):  # 16
		bootinfo.workspaces["pages"] = filled(bootinfo.workspaces["pages"])
	# the trail above a form leads to the workspace of its module, not to the start page that lies in one of them
	bootinfo.module_wise_workspaces = {
		module: [name for name in names if frappe.scrub(name) != frappe.scrub(DEFAULT_HOME)]
		for module, names in (bootinfo.get("module_wise_workspaces") or {}).items()
	}
	bootinfo.kefu = {"home": home_route(frappe.session.user), "modules": sorted(enabled)}


def home_route(user: str) -> str | None:
	"""Desk route where the user's day begins: the home of the first of their roles, in the manifests' order."""
	roles = set(frappe.get_roles(user))
	for entry in state.enabled_modules():
		for role, facts in entry.get("roles", {}).items():
			if role in roles and facts.get("home") and _exists(facts["home"]):
				return facts["home"]
	return DEFAULT_HOME


@frappe.whitelist()
# lint: allow whitelist-permission: the framework's own function, called first, checks what the user may see
def workspace_sidebar() -> dict:
	"""The desk's list of workspaces without those that are empty for the user. Replaces the framework's method."""
	return {"pages": visible_workspaces(), "has_access": "Workspace Manager" in frappe.get_roles()}


def visible_workspaces() -> list[dict]:
	"""Workspaces of the signed-in user that hold something for them, in the order of the sidebar."""
	return filled(compat.workspace_pages())


def filled(pages: list[dict]) -> list[dict]:
	"""Drop the suite's workspaces that belong to a module that is off, or in which the user may open nothing."""
	owners, enabled = state.owners()["workspace"], state.enabled_keys()
	ours = [page["name"] for page in pages if page["name"] in owners]
	kept = with_content(ours) if ours else set()
	return [
		page
		for page in pages
		if page["name"] not in owners or (owners[page["name"]] in enabled and page["name"] in kept)
	]


def allowed_shortcuts(workspaces: list[str]) -> dict[str, list[dict]]:
	"""Shortcuts of the workspaces that the user may open, by workspace, in their order."""
	found: dict[str, list[dict]] = {}
	for row in _items("Workspace Shortcut", "type", workspaces):
		if is_allowed(row.kind, row.link_to):
			found.setdefault(row.parent, []).append(
				{"label": _(row.label or row.link_to), "kind": row.kind, "link_to": row.link_to, "url": row.url}
			)
	return found


def with_content(workspaces: list[str]) -> set[str]:
	"""Those of the workspaces in which the user may open at least one shortcut, link, list or block."""
	filled = set(allowed_shortcuts(workspaces))
	filled |= {
		row.parent for row in _items("Workspace Link", "link_type", workspaces) if is_allowed(row.kind, row.link_to)
	}
	inside = {"parent": ["in", workspaces]}
	lists = frappe.get_all("Workspace Quick List", filters=inside, fields=["parent", "document_type"])
	filled |= {row.parent for row in lists if is_allowed("DocType", row.document_type)}
	return filled | set(frappe.get_all("Workspace Custom Block", filters=inside, pluck="parent"))


def _items(table: str, kind: str, workspaces: list[str]) -> list[dict]:
	if not workspaces:
		return []
	fields = ["parent", f"{kind} as kind", "link_to", "label"] + (["url"] if table == "Workspace Shortcut" else [])
	filters = {"parent": ["in", workspaces]} | ({"type": "Link"} if table == "Workspace Link" else {})
	return frappe.get_all(table, filters=filters, fields=fields, order_by="parent, idx")


def is_allowed(kind: str | None, name: str | None) -> bool:
	"""True when the user may open what a workspace item names: `kind` is DocType, Page, Report, URL or Dashboard."""
	if kind == "DocType":
		return bool(name) and frappe.has_permission(name, "read")
	if kind == "Page":
		return name in compat.allowed_pages()
	if kind == "Report":
		return name in compat.allowed_reports()
	return True


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
