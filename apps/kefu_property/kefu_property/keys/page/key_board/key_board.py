"""Server side of the page Key Board: pictures of the cabinets and the scanner's field (D14)."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from kefu_property.keys import movements
from kefu_property.keys.doctype.key_loan.key_loan import take_back
from kefu_property.rules import key_rules
from kefu_property.suite import row_rules


@frappe.whitelist()
def get_projects() -> list[dict]:
	"""Projects of the user that have a cabinet: `name`, `project_name`."""
	frappe.has_permission("Key Cabinet", throw=True)
	names = frappe.get_list("Key Cabinet", pluck="project", distinct=True, limit=0, order_by="project")
	return frappe.get_all(
		"Property Project", filters={"name": ["in", names]}, fields=["name", "project_name"], order_by="name"
	)


@frappe.whitelist()
def get_board(project: str) -> dict:
	"""Cabinets of a project as rows of hooks, each with its keys and where they are; keys without a hook apart."""
	_check_project(project, "read")
	cabinets = frappe.get_all(
		"Key Cabinet",
		filters={"project": project, "disabled": 0},
		fields=["name", "cabinet_name", "place", "hook_rows", "hooks_per_row"],
		order_by="cabinet_code",
	)
	keys = frappe.get_all(
		"Property Key",
		filters={"project": project, "status": ["not in", [movements.RETIRED, movements.HANDED_OVER]]},
		fields=[
			"name",
			"key_code",
			"key_name",
			"status",
			"holder",
			"current_loan",
			"due_on",
			"restricted",
			"cabinet",
			"hook",
			"key_set",
		],
		order_by="key_code",
	)
	now = now_datetime()
	on_hook, without = defaultdict(list), []
	for key in keys:
		key.overdue = bool(key.due_on and get_datetime(key.due_on) < now)
		(on_hook[key.cabinet, key.hook] if key.cabinet and key.hook else without).append(key)
	for cabinet in cabinets:
		cabinet.rows = [
			[{"hook": hook, "keys": on_hook.get((cabinet.name, hook), [])} for hook in row]
			for row in key_rules.hooks(cabinet.hook_rows, cabinet.hooks_per_row)
		]
	return {
		"cabinets": cabinets,
		"without_hook": without,
		"may_write": bool(frappe.has_permission("Key Loan", "create")),
	}


@frappe.whitelist(methods=["POST"])
def scan(project: str, code: str) -> dict:
	"""What the tag under the scanner calls for: a key on loan is taken back, one in the cabinet is put on the list.

	Returns `action` (`returned` or `lend`) and `key`. Raises DoesNotExistError for an unknown tag.
	"""
	_check_project(project, "create")
	name = frappe.db.get_value("Property Key", {"project": project, "key_code": code.strip()}, "name")
	if not name:
		frappe.throw(_("No key with the tag {0}.").format(code), frappe.DoesNotExistError)
	key = movements.lock([name])[name]
	if key.status == movements.ON_LOAN:
		loan = frappe.get_doc("Key Loan", key.current_loan)
		loan.check_permission("write")
		take_back(loan, [name], "Returned")
		return {"action": "returned", "key": key, "loan": loan.name, "open_items": loan.open_items}
	movements.need_status([key], movements.IN_CABINET)
	return {"action": "lend", "key": key}


def _check_project(project: str, ptype: str) -> None:
	frappe.has_permission("Key Loan", ptype, throw=True)
	user = frappe.session.user
	if not row_rules.sees_all_projects(user) and project not in row_rules.projects_of(user):
		frappe.throw(_("You are not assigned to the project {0}.").format(project), frappe.PermissionError)
