"""Demo data: every module loads its own, in order of dependency; one account per role shows it.

Nothing of this is needed by a real site and no test relies on it.
"""

from __future__ import annotations

import secrets

import frappe
from frappe.installer import update_site_config

from kefu_property.suite import manifest as manifests
from kefu_property.suite import state
from kefu_property.suite.setup import PORTAL_ROLE

MAIL = "kefu.example"
PASSWORD_KEY = "kefu_demo_password"


def load() -> None:
	"""Load or complete the demo data of all enabled modules. Safe to repeat."""
	context = frappe._dict(password=demo_password(), mail=MAIL)
	make_staff(context)
	for entry in state.enabled_modules():
		for name in entry.get("demo", ()):
			print(f"  demo data: {entry['name']}")
			frappe.get_attr(manifests.absolute(entry, name))(context)
			frappe.db.commit()  # each module's data stands by itself; a later failure keeps the earlier ones
	assign_projects()
	frappe.db.commit()  # end of a command


def demo_password() -> str:
	"""The demo accounts' password: made once per site and kept in its configuration, never in the code."""
	password = frappe.conf.get(PASSWORD_KEY)
	if not password:
		password = f"Kefu-{secrets.token_urlsafe(9)}"
		update_site_config(PASSWORD_KEY, password)
		frappe.local.conf[PASSWORD_KEY] = password
	return password


def desk_roles() -> list[str]:
	"""Roles of the manifests that work at the desk, in order."""
	roles: dict[str, dict] = {}
	for entry in state.enabled_modules():
		for role, facts in entry.get("roles", {}).items():
			roles.setdefault(role, facts)
	return [role for role, facts in roles.items() if facts.get("desk", 1)]


def user_of(role: str) -> str:
	return f"{frappe.scrub(role).replace('_', '.')}@{MAIL}"


def make_staff(context: frappe._dict) -> None:
	"""One user per desk role; the administrator first, since the framework makes the first user a System Manager."""
	for role in sorted(desk_roles(), key=lambda role: role != "Kefu Administrator"):
		email = user_of(role)
		if frappe.db.exists("User", email):
			continue
		user = frappe.get_doc(
			{
				"doctype": "User",
				"email": email,
				"first_name": frappe._(role, "zh"),
				"language": "zh",
				"send_welcome_email": 0,
				"new_password": context.password,
				"role_profile_name": role,
			}
		)
		user.flags.no_welcome_mail = True
		user.insert(ignore_permissions=True)  # a command of the administrator


def assign_projects() -> None:
	"""Staff of the demo work for every demo project; HQ and the administrator need no assignment."""
	projects = frappe.get_all("Property Project", pluck="name")
	users = [user_of(role) for role in desk_roles() if role not in ("HQ Quality Auditor", "Kefu Administrator")]
	have = set(
		frappe.get_all(
			"User Permission",
			filters={"allow": "Property Project", "user": ["in", users]},
			fields=["user", "for_value"],
			as_list=True,
		)
	)
	for user in users:
		for project in projects:
			if (user, project) not in have:
				frappe.get_doc(
					{"doctype": "User Permission", "user": user, "allow": "Property Project", "for_value": project}
				).insert(ignore_permissions=True)  # a command of the administrator


def accounts() -> list[dict]:
	"""Accounts to print after the start: role, user, password, path. Empty where no demo was loaded."""
	password = frappe.conf.get(PASSWORD_KEY)
	if not password:
		return []
	rows = [
		{"role": frappe._(role, "zh"), "role_en": role, "user": user_of(role), "password": password, "path": "/app"}
		for role in desk_roles()
		if frappe.db.exists("User", user_of(role))
	]
	rows += [
		{
			"role": frappe._(PORTAL_ROLE, "zh"),
			"role_en": PORTAL_ROLE,
			"user": user,
			"password": password,
			"path": "/portal",
		}
		for user in frappe.get_all(
			"User", filters={"user_type": "Website User", "name": ["like", f"%@{MAIL}"]}, pluck="name", limit=2
		)
	]
	return rows
