"""How keys change hands: every change locks the keys first, so that no key is lent twice."""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import cint

from kefu_property.keys.exceptions import (
	IdentityNotChecked,
	KeyNotAvailable,
	KeyTwice,
	NothingToHandOver,
	WrongProject,
)
from kefu_property.rules import key_rules

IN_CABINET, ON_LOAN, HANDED_OVER, LOST, RETIRED = "In Cabinet", "On Loan", "Handed Over", "Lost", "Retired"


def lock(names: Iterable[str]) -> dict[str, dict]:
	"""Keys by name, locked until the end of the transaction; always in the same order, so that desks do not deadlock."""
	table = frappe.qb.DocType("Property Key")
	rows = (
		frappe.qb.from_(table)
		.select(
			table.name,
			table.key_code,
			table.key_name,
			table.status,
			table.holder,
			table.project,
			table.current_loan,
			table.unit,
		)
		.where(table.name.isin(sorted(set(names)) or [""]))
		.orderby(table.name)
		.for_update()
		.run(as_dict=True)
	)
	return {row.name: row for row in rows}


def need_status(keys: Iterable[dict], status: str) -> None:
	"""Raise KeyNotAvailable naming the keys that are elsewhere, and with whom."""
	wrong = [key for key in keys if key["status"] != status]
	if wrong:
		text = _("; ").join(
			f"{key['key_code']} {key['key_name']} – {_(key['status'])} {key['holder'] or ''}".strip() for key in wrong
		)
		frappe.throw(
			_("Not available: {0}. Take them off the list or wait until they are back.").format(text), KeyNotAvailable
		)


def move(names: Iterable[str], status: str, holder: str | None = None, loan: str | None = None, due_on=None) -> None:
	"""Write where locked keys are now, in one statement."""
	names = list(names)
	if not names:
		return
	table = frappe.qb.DocType("Property Key")
	(
		frappe.qb.update(table)
		.set(table.status, status)
		.set(table.holder, holder)
		.set(table.current_loan, loan)
		.set(table.due_on, due_on)
		.set(table.modified, frappe.utils.now())
		.set(table.modified_by, frappe.session.user)
		.where(table.name.isin(names))
		.run()
	)
	for name in names:
		frappe.clear_document_cache("Property Key", name)
	project = frappe.db.get_value("Property Key", names[0], "project")
	frappe.publish_realtime("kefu_keys_moved", {"project": project}, doctype="Property Key", after_commit=True)


def check_items(doc) -> dict[str, dict]:
	"""Keys of a paper by name: each once, all of the paper's project."""
	names = [row.property_key for row in doc.items]
	if not names:
		frappe.throw(_("Choose at least one key."), NothingToHandOver)
	double = next((name for name in names if names.count(name) > 1), None)
	if double:
		frappe.throw(_("The key {0} stands twice on the list. Remove one line.").format(double), KeyTwice)
	keys = {
		row.name: row
		for row in frappe.get_all(
			"Property Key",
			filters={"name": ["in", names]},
			fields=["name", "project", "restricted", "key_code", "key_name", "unit", "status", "holder"],
		)
	}
	for name in names:
		if name not in keys or keys[name].project != doc.project:
			frappe.throw(_("The key {0} belongs to another project.").format(name), WrongProject)
	return keys


def check_identity(doc) -> None:
	"""Kind of paper and its last four characters, nothing more (L22)."""
	doc.id_last4 = (doc.id_last4 or "").strip().upper() or None
	if not doc.id_kind or not doc.id_last4:
		frappe.throw(_("Look at an identity paper and enter its kind and last four characters."), IdentityNotChecked)
	if not key_rules.normalise_last4(doc.id_last4):
		frappe.throw(_("Enter just the last four letters or digits of the paper."), IdentityNotChecked)


def settings(fieldname: str) -> int:
	return cint(frappe.db.get_single_value("Key Settings", fieldname))
