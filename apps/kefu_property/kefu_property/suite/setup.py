"""Set-up in code from the manifests: idempotent, and never overwriting what a site changed (DESIGN §3)."""

from __future__ import annotations

import json

import frappe

from kefu_property.suite import manifest as manifests
from kefu_property.suite import start, state

APP_TITLE = "Kefu Property"
#: entries of the desk's menus that lead to the framework's makers, or to a website that this product does not have
FOREIGN_MENU_ITEMS = (
	"About",
	"Apps",
	"Documentation",
	"Frappe School",
	"Frappe Support",
	"Report an Issue",
	"User Forum",
	"View Website",
)
PORTAL_ROLE = "Property Resident"


def before_install() -> None:
	print("Kefu Property: roles, modules, workflows and defaults are set up from the manifests")


def after_install() -> None:
	set_site_defaults()
	set_up_suite()


def after_migrate() -> None:
	set_up_suite()
	for entry in state.all_modules().values():
		if not state.is_enabled(entry["key"]):
			apply_state(entry, False)


def after_app_change(app: str) -> None:
	"""Another app came or went: its modules appear in the suite, or leave it. Their data is the framework's matter."""
	if app == "kefu_property":
		return
	frappe.clear_cache()  # upstream still has the hooks of an app that left
	gone = [
		name for name in frappe.get_all("Module", filters={"app": app}, pluck="name") if name not in state.all_modules()
	]
	frappe.db.delete("Module", {"name": ["in", gone]})
	state.forget()
	set_up_suite()


def before_uninstall() -> None:
	"""The roles of the suite stay while users have them; the framework removes DocTypes and their rows."""
	for name in frappe.get_all(
		"Workflow", filters={"document_type": ["in", list(state.owners()["doctype"])]}, pluck="name"
	):
		frappe.delete_doc("Workflow", name, force=True)


def set_up_suite() -> None:
	"""Create what is missing for every module. Runs on install and after every migration."""
	set_up_module_rows()
	set_up_roles()
	set_up_start_page()
	hide_framework_workspaces()
	for entry in state.enabled_modules():
		set_up_module(entry)
	state.forget()


def set_up_module(entry: dict) -> None:
	"""Workflows, notifications and set-up functions of one module."""
	for workflow in entry.get("workflows", ()):
		set_up_workflow(workflow)
	for notification in entry.get("notifications", ()):
		if not frappe.db.exists("Notification", notification["name"]):
			frappe.get_doc({"doctype": "Notification", **notification}).insert(ignore_permissions=True)  # set-up
	for name in entry.get("data", ()):
		frappe.get_attr(manifests.absolute(entry, name))()


def set_site_defaults() -> None:
	"""Chinese, yuan, Shanghai time, no set-up wizard, no telemetry. Only at installation: afterwards it is the site's."""
	frappe.db.set_value("Currency", "CNY", "enabled", 1)
	for key, value in {"country": "China", "currency": "CNY", "desktop:home_page": "workspace"}.items():
		frappe.db.set_default(key, value)
	settings = frappe.get_doc("System Settings")
	wanted = {
		"country": "China",
		"language": "zh",
		"time_zone": "Asia/Shanghai",
		"currency": "CNY",
		"date_format": "yyyy-mm-dd",
		"time_format": "HH:mm",
		"number_format": "#,###.##",
		"first_day_of_the_week": "Monday",
		"float_precision": "2",
		"currency_precision": "2",
		"setup_complete": 1,
		"enable_telemetry": 0,
		"enable_onboarding": 0,
		"disable_system_update_notification": 1,
		"disable_change_log_notification": 1,
		"allow_login_using_mobile_number": 1,
		"login_with_email_link": 0,
		"app_name": APP_TITLE,
		"disable_standard_email_footer": 1,
		"hide_footer_in_auto_email_reports": 1,
	}
	settings.update({key: value for key, value in wanted.items() if settings.meta.has_field(key)})
	settings.flags.ignore_mandatory = True
	settings.save(ignore_permissions=True)  # installation runs before anybody has roles
	frappe.db.set_single_value("Website Settings", "app_name", APP_TITLE)
	frappe.db.set_single_value("Website Settings", "disable_signup", 1)
	frappe.db.set_single_value("Website Settings", "hide_footer_signup", 1)
	frappe.db.set_single_value("Website Settings", "app_logo", "/assets/kefu_property/images/logo.svg")
	frappe.db.set_single_value("Website Settings", "favicon", "/assets/kefu_property/images/favicon.svg")
	frappe.db.set_single_value("Navbar Settings", "app_logo", "/assets/kefu_property/images/logo.svg")
	for label in FOREIGN_MENU_ITEMS:
		frappe.db.set_value("Navbar Item", {"item_label": label}, "hidden", 1)
	register_message_log()
	frappe.clear_cache()


def register_message_log() -> None:
	"""Messages hold what was said to whom (L22): the framework's Log Settings clear them after 90 days, or as the site sets it."""
	settings = frappe.get_doc("Log Settings")
	if not any(row.ref_doctype == "Outgoing Message" for row in settings.logs_to_clear):
		settings.append("logs_to_clear", {"ref_doctype": "Outgoing Message", "days": 90})
		settings.save(ignore_permissions=True)  # set-up


def set_up_start_page() -> None:
	"""The block of the workspace "My Day"; the workspace itself is a record of the registry."""
	if not frappe.db.exists("Custom HTML Block", start.BLOCK):
		frappe.get_doc(
			{
				"doctype": "Custom HTML Block",
				"name": start.BLOCK,
				# what the script draws is a child of the element, so that the desk's styles reach it
				"html": "<slot></slot>",
				"script": "frappe.kefu.draw_my_day(root_element.host);",
			}
		).insert(ignore_permissions=True, set_name=start.BLOCK)  # set-up


def set_up_module_rows() -> None:
	"""One Module row per manifest; texts follow the manifest, the switch stays as the site has it."""
	existing = set(frappe.get_all("Module", pluck="name"))
	for position, (key, entry) in enumerate(state.all_modules().items()):
		values = {
			"title": entry["name"],
			"summary": entry["summary"],
			"category": entry["category"],
			"version": entry["version"],
			"app": entry["package"].partition(".")[0],
			"depends": ", ".join(entry["depends"]),
			"duties": " ".join(entry["duties"]),
			"position": position,
		}
		if key in existing:
			frappe.db.set_value("Module", key, values)
		else:
			row = frappe.get_doc({"doctype": "Module", "module_key": key, "enabled": 1, **values})
			row.flags.from_setup = True
			row.insert(ignore_permissions=True)  # set-up
	state.forget()


def set_up_roles() -> None:
	"""Roles of the manifests and a role profile for each desk role (with the roles that it includes)."""
	wanted: dict[str, dict] = {}
	for entry in state.all_modules().values():
		for role, facts in entry.get("roles", {}).items():
			wanted.setdefault(role, {}).update(facts)
	roles, profiles = set(frappe.get_all("Role", pluck="name")), set(frappe.get_all("Role Profile", pluck="name"))
	for role, facts in wanted.items():
		if role not in roles:
			desk = int(facts.get("desk", 1))
			frappe.get_doc({"doctype": "Role", "role_name": role, "desk_access": desk}).insert(
				ignore_permissions=True  # set-up
			)
	for role, facts in wanted.items():
		if role not in profiles and facts.get("desk", 1):
			frappe.get_doc(
				{
					"doctype": "Role Profile",
					"role_profile": role,
					"roles": [{"role": name} for name in (role, *facts.get("includes", ()))],
				}
			).insert(ignore_permissions=True)  # set-up


def hide_framework_workspaces() -> None:
	"""The framework's own workspaces are for administrators; where a site gave them roles they stay as they are."""
	ours = state.owners()["workspace"]
	taken = set(frappe.get_all("Has Role", filters={"parenttype": "Workspace"}, pluck="parent", distinct=True))
	for name in frappe.get_all("Workspace", filters={"public": 1, "module": ["is", "set"]}, pluck="name"):
		if name in ours or name in taken or _app_of_workspace(name) != "frappe":
			continue
		workspace = frappe.get_doc("Workspace", name)
		workspace.append("roles", {"role": "System Manager"})
		workspace.flags.ignore_links = True
		workspace.save(ignore_permissions=True)  # set-up


def _app_of_workspace(name: str) -> str | None:
	module = frappe.get_cached_value("Workspace", name, "module")
	return frappe.local.module_app.get(frappe.scrub(module or ""))


def set_up_workflow(spec: dict) -> None:
	"""Create the workflow of a manifest, with its states and actions, unless the DocType has one already."""
	for row in spec["states"]:
		if not frappe.db.exists("Workflow State", row["state"]):
			frappe.get_doc(
				{"doctype": "Workflow State", "workflow_state_name": row["state"], "style": row.get("style", "")}
			).insert(ignore_permissions=True)  # set-up
	for action in dict.fromkeys(row["action"] for row in spec["transitions"]):
		if not frappe.db.exists("Workflow Action Master", action):
			frappe.get_doc({"doctype": "Workflow Action Master", "workflow_action_name": action}).insert(
				ignore_permissions=True  # set-up
			)
	if frappe.db.exists("Workflow", {"document_type": spec["doctype"]}):
		return
	frappe.get_doc(
		{
			"doctype": "Workflow",
			"workflow_name": spec["name"],
			"document_type": spec["doctype"],
			"workflow_state_field": spec.get("state_field", "workflow_state"),
			"is_active": 1,
			"override_status": int(bool(spec.get("own_indicator"))),
			"send_email_alert": 0,
			"states": [
				{
					"state": row["state"],
					"doc_status": str(row.get("docstatus", 0)),
					"allow_edit": row.get("edit") or spec["transitions"][0]["role"],
					"is_optional_state": int(row.get("optional", 0)),
				}
				for row in spec["states"]
			],
			"transitions": [
				{
					"state": row["from"],
					"action": row["action"],
					"next_state": row["to"],
					"allowed": role,
					"allow_self_approval": int(not row.get("approval")),
					"condition": row.get("condition"),
				}
				for row in spec["transitions"]
				for role in ([row["role"]] if isinstance(row["role"], str) else row["role"])
			],
		}
	).insert(ignore_permissions=True)  # set-up


def apply_state(entry: dict, on: bool) -> None:
	"""Hide or show what the framework would offer of a module: workspaces, reports, scheduled jobs, notifications.

	What was switched off is remembered on the Module row, so that switching on again restores just that and leaves
	alone what an administrator had hidden before.
	"""
	package = entry["package"]
	switches = [
		("Workspace", "is_hidden", 0, manifests.records(package, "workspace")),
		("Report", "disabled", 0, manifests.records(package, "report")),
		("Scheduled Job Type", "stopped", 0, _names("Scheduled Job Type", "method", manifests.job_methods(entry))),
		("Notification", "enabled", 1, [row["name"] for row in entry.get("notifications", ())]),
	]
	remembered = json.loads(frappe.db.get_value("Module", entry["key"], "switched_off") or "[]")
	if on:
		shown = {doctype: (field, value) for doctype, field, value, _names_ in switches}
		for doctype, name in remembered:
			field, value = shown[doctype]
			frappe.db.set_value(doctype, name, field, value)  # lint: allow query-in-loop: a handful of switches
		remembered = []
	else:
		for doctype, field, value, names in switches:
			live = _names(doctype, "name", names, {field: value})
			for name in live:
				frappe.db.set_value(doctype, name, field, 1 - value)  # lint: allow query-in-loop: a handful of switches
			remembered += [[doctype, name] for name in live if [doctype, name] not in remembered]
	frappe.db.set_value("Module", entry["key"], "switched_off", json.dumps(remembered))


def _names(doctype: str, field: str, values, filters: dict | None = None) -> list[str]:
	return (
		frappe.get_all(doctype, filters={field: ["in", list(values)], **(filters or {})}, pluck="name")
		if values
		else []
	)
