"""Alerts to staff at the desk (the bell), each in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import frappe


def staff_with_role(role: str, project: str) -> list[str]:
	"""Enabled users with a role who are assigned to a project."""
	user, has_role, permission = (frappe.qb.DocType(name) for name in ("User", "Has Role", "User Permission"))
	return (
		frappe.qb.from_(user)
		.join(has_role)
		.on((has_role.parent == user.name) & (has_role.parenttype == "User"))
		.join(permission)
		.on(permission.user == user.name)
		.select(user.name)
		.distinct()
		.where(
			(user.enabled == 1)
			& (has_role.role == role)
			& (permission.allow == "Property Project")
			& (permission.for_value == project)
		)
		.orderby(user.name)
		.run(pluck=True)
	)


def alert(users: Iterable[str], subject: Callable[[], str], doctype: str, name: str) -> list[str]:
	"""Leave an alert about a document for each user. `subject` builds the text and is called once per language.

	Returns the users that were told, without repetition.
	"""
	users = [user for user in dict.fromkeys(users) if user and user != "Guest"]
	languages = dict(
		frappe.get_all("User", filters={"name": ["in", users], "enabled": 1}, fields=["name", "language"], as_list=True)
	)
	texts: dict[str, str] = {}
	before = frappe.local.lang
	try:
		for user, language in languages.items():
			language = language or before
			if language not in texts:
				frappe.local.lang = language
				texts[language] = subject()
			frappe.get_doc(  # lint: allow query-in-loop: a new document, no query
				{
					"doctype": "Notification Log",
					"for_user": user,
					"type": "Alert",
					"subject": texts[language],
					"document_type": doctype,
					"document_name": name,
				}
			).insert(ignore_permissions=True)  # the system tells; staff need no right on the log itself
	finally:
		frappe.local.lang = before
	return list(languages)
