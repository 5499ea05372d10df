"""Row rules of every business DocType, as a pair for list and record (DESIGN invariant 5).

Rule: staff see the rows of the projects named in their User Permissions; whoever has a role of HQ or of site
administration sees all; a module that is off shows nothing to anybody. A module can narrow a DocType further (`row_rules` in its manifest).
"""

from __future__ import annotations

from functools import partial

import frappe
from frappe import _

from kefu_property.suite import manifest as manifests
from kefu_property.suite import state

PROJECT = "Property Project"
UNRESTRICTED_ROLES = {"HQ Quality Auditor", "Kefu Administrator", "System Manager"}
PREFIX = "conditions_of_"


class ModuleDisabled(frappe.PermissionError):
	"""The document belongs to a module that is switched off."""


def sees_all_projects(user: str) -> bool:
	return user == "Administrator" or bool(UNRESTRICTED_ROLES & set(frappe.get_roles(user)))


def projects_of(user: str) -> list[str]:
	"""Names of the projects that the user is assigned to."""
	from frappe.core.doctype.user_permission.user_permission import get_user_permissions

	return [row["doc"] for row in get_user_permissions(user).get(PROJECT, ())]


def check_module(doctype: str) -> None:
	"""Raise ModuleDisabled when the DocType's module is off."""
	key = state.owners()["doctype"].get(doctype)
	if key and not state.is_enabled(key):
		refuse(key)


def refuse(key: str) -> None:
	name = _(state.all_modules()[key]["name"])
	frappe.throw(_("The module {0} is switched off. An administrator can enable it.").format(name), ModuleDisabled)


def has_permission(doc, ptype: str = "read", user: str | None = None) -> bool | None:
	"""Record rule. None leaves the decision to roles; False refuses."""
	user = user or frappe.session.user
	key = state.owners()["doctype"].get(doc.doctype)
	if key and not state.is_enabled(key):
		return False
	project = doc.name if doc.doctype == PROJECT else doc.get("project")
	if not project or sees_all_projects(user):
		return None
	if doc.doctype == PROJECT and ptype == "create":
		return False
	if project not in projects_of(user):
		return False
	own = own_rows(doc.doctype, user)
	return False if own and doc.get(own[0]) not in own[1] else None


def own_rows(doctype: str, user: str) -> tuple[str, list[str]] | None:
	"""What a module's manifest adds under `row_rules`: a column and the values that the user may see, None for all rows.

	One function serves list and record, so that they stay a pair.
	"""
	entry = state.all_modules()[state.owners()["doctype"][doctype]]
	path = entry.get("row_rules", {}).get(doctype)
	return frappe.get_attr(manifests.absolute(entry, path))(user) if path else None


def conditions(doctype: str, user: str | None = None) -> str:
	"""List rule: the SQL condition that keeps a list to the user's projects."""
	user = user or frappe.session.user
	check_module(doctype)
	field = _project_field(doctype)
	if not field or sees_all_projects(user):
		return ""
	condition = _one_of(doctype, field, projects_of(user))
	own = own_rows(doctype, user)
	return f"{condition} and {_one_of(doctype, *own)}" if own else condition


def _one_of(doctype: str, field: str, values: list[str]) -> str:
	allowed = ", ".join(frappe.db.escape(value) for value in values)
	return f"`tab{doctype}`.`{field}` in ({allowed})" if allowed else "1 = 0"


def _project_field(doctype: str) -> str | None:
	if doctype == PROJECT:
		return "name"
	key = state.owners()["doctype"][doctype]
	return "project" if manifests.doctypes(state.all_modules()[key]["package"])[doctype]["scoped"] else None


def __getattr__(name: str):
	"""The framework names a list rule by a function per DocType and does not tell it the DocType: make them on demand."""
	if name.startswith(PREFIX):
		return partial(conditions, name.removeprefix(PREFIX).replace("_", " "))
	raise AttributeError(name)
