"""The true phone and ID numbers, kept apart from the forms (D1, L22).

They live in *Resident Private Value*, which no role may read: a field of permission level 1 in the form would still be
found by filters, sorting, exports of the change history and answers to a save. The forms carry masked copies.
"""

from __future__ import annotations

from collections.abc import Iterable

import frappe

DOCTYPE = "Resident Private Value"
PHONE = "Phone"
ID_NUMBER = "ID Number"
CONTACT_PHONE = "Contact Phone"


def get(resident: str, kind: str, contact: str = "") -> str | None:
	return frappe.db.get_value(DOCTYPE, {"resident": resident, "kind": kind, "contact": contact}, "value")


def put(resident: str, kind: str, value: str | None, contact: str = "") -> None:
	"""Store, replace or (with an empty value) forget one number."""
	key = {"resident": resident, "kind": kind, "contact": contact}
	name = frappe.db.get_value(DOCTYPE, key)
	if name and value:
		frappe.db.set_value(DOCTYPE, name, "value", value)
	elif name:
		frappe.db.delete(DOCTYPE, {"name": name})
	elif value:
		frappe.get_doc({"doctype": DOCTYPE, **key, "value": value}).insert(
			ignore_permissions=True,  # nobody may write here by hand; the form of the resident is the way in
			ignore_links=True,  # called while the resident itself is being inserted
		)


def forget_contacts(resident: str, keep: Iterable[str]) -> None:
	"""Remove the numbers of contact rows that are gone."""
	table = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(table).delete().where((table.resident == resident) & (table.kind == CONTACT_PHONE))
	keep = list(keep)
	(query.where(table.contact.notin(keep)) if keep else query).run()


def forget(resident: str) -> None:
	frappe.db.delete(DOCTYPE, {"resident": resident})


def of(residents: Iterable[str], kind: str) -> dict[str, str]:
	"""Map of resident to number, for those that have one."""
	residents = list(residents)
	if not residents:
		return {}
	rows = frappe.get_all(
		DOCTYPE, filters={"resident": ["in", residents], "kind": kind}, fields=["resident", "value"], as_list=True
	)
	return dict(rows)


def holders(value: str, kinds: Iterable[str] = (PHONE,)) -> list[str]:
	"""Residents with exactly this number."""
	return frappe.get_all(
		DOCTYPE, filters={"value": value, "kind": ["in", list(kinds)]}, pluck="resident", distinct=True
	)


def of_project(project: str) -> list[dict]:
	"""All phone and ID numbers of a project's residents that are in use: rows `resident`, `kind`, `value`."""
	values, residents = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("Resident")
	return (
		frappe.qb.from_(values)
		.join(residents)
		.on(residents.name == values.resident)
		.select(values.resident, values.kind, values.value)
		.where((residents.project == project) & (residents.disabled == 0) & values.kind.isin([PHONE, ID_NUMBER]))
		.run(as_dict=True)
	)
