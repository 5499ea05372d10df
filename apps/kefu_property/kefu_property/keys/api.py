"""What other modules may use of the keys; nothing else of this package is theirs."""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import format_datetime, get_datetime, now_datetime

from kefu_property.keys import movements


def keys_of(units: Iterable[str]) -> list[dict]:
	"""Keys of homes that are in use: `name`, `key_code`, `key_name`, `unit`, `status`, `holder`, `hook`, `cabinet`."""
	units = list(units)
	if not units:
		return []
	return frappe.get_all(
		"Property Key",
		filters={"unit": ["in", units], "status": ["!=", movements.RETIRED]},
		fields=["name", "key_code", "key_name", "unit", "status", "holder", "hook", "cabinet"],
		order_by="unit, key_code",
	)


def hand_over(
	unit: str,
	resident: str,
	keys: Iterable[str],
	*,
	id_kind: str,
	id_last4: str,
	direction: str = "To the Resident",
	signature: str | None = None,
	reference_doctype: str | None = None,
	reference_name: str | None = None,
	remarks: str | None = None,
) -> str:
	"""Give keys of a home to its resident for good (`To the Resident`) or take them back (`Back from the Resident`).

	`keys` are names of Property Key of that home; `id_kind` and `id_last4` what was seen of the identity paper;
	`reference_*` the document that this belongs to, such as the handover of the home. Returns the name of the Key
	Handover, already in force. Raises KeyNotAvailable for keys that are elsewhere, NothingToHandOver for keys of
	another home, IdentityNotChecked. The session's user needs the right to submit a Key Handover. (D14, D24)
	"""
	doc = frappe.get_doc(
		{
			"doctype": "Key Handover",
			"project": frappe.get_cached_value("Property Unit", unit, "project"),
			"direction": direction,
			"unit": unit,
			"resident": resident,
			"handed_on": now_datetime(),
			"id_kind": id_kind,
			"id_last4": id_last4,
			"signature": signature,
			"reference_doctype": reference_doctype,
			"reference_name": reference_name,
			"remarks": remarks,
			"items": [{"property_key": name} for name in keys],
		}
	)
	doc.insert()
	doc.submit()
	return doc.name


def open_loans(
	units: Iterable[str] = (), residents: Iterable[str] = (), staff: str | None = None, project: str | None = None
) -> list[dict]:
	"""Keys that are out: for homes, lent to residents, lent to a staff member, or all of a project.

	One row per key: `loan`, `property_key`, `key_code`, `key_name`, `borrower_kind`, `borrower_name`, `company`,
	`resident`, `staff`, `unit`, `lent_on`, `due_on`, `purpose`, `overdue`. For shift handover, leaving checklists and
	move requests.
	"""
	units, residents = list(units), list(residents)
	loan, item, key = (frappe.qb.DocType(name) for name in ("Key Loan", "Key Loan Item", "Property Key"))
	wanted = []
	if units:
		wanted += [loan.unit.isin(units), key.unit.isin(units)]
	if residents:
		wanted.append(loan.resident.isin(residents))
	if staff:
		wanted.append(loan.staff == staff)
	if project:
		wanted.append(loan.project == project)
	if not wanted:
		return []
	condition = wanted[0]
	for other in wanted[1:]:
		condition = condition | other
	rows = (
		frappe.qb.from_(loan)
		.join(item)
		.on((item.parent == loan.name) & (item.parenttype == "Key Loan"))
		.join(key)
		.on(key.name == item.property_key)
		.select(
			loan.name.as_("loan"),
			item.property_key,
			key.key_code,
			key.key_name,
			loan.borrower_kind,
			loan.borrower_name,
			loan.company,
			loan.resident,
			loan.staff,
			loan.unit,
			loan.lent_on,
			loan.due_on,
			loan.purpose,
		)
		.where(loan.status.isin(["On Loan", "Partly Returned"]) & (item.outcome.isnull() | (item.outcome == "")))
		.where(loan.docstatus == 1)
		.where(condition)
		.orderby(loan.due_on)
		.run(as_dict=True)
	)
	now = now_datetime()
	for row in rows:
		row.overdue = get_datetime(row.due_on) < now
	return rows


def leaving_check(staff) -> list[dict]:
	"""Extension point `leaving_checks`: keys that the one who leaves still has block the end of their work (D14, D29)."""
	out = open_loans(staff=staff.user) if staff.user else []
	detail = _("No key is with this person.")
	if out:
		detail = _("Still with this person: {0}").format(_(", ").join(f"{row.key_code} {row.key_name}" for row in out))
	return [
		{"check": "keys.loans", "label": _("Keys"), "status": "blocked" if out else "ok", "detail": detail},
	]


def my_work_card(staff) -> dict | None:
	"""Extension point `my_work_cards`: keys that a member of staff has on loan; nothing when there are none."""
	out = open_loans(staff=staff.user)
	if not out:
		return None
	return {
		"key": "keys",
		"title": _("My Keys"),
		"order": 50,
		"lines": [
			{
				"text": f"{row.key_code} {row.key_name}",
				"state": format_datetime(row.due_on),
				"indicator": "red" if row.overdue else "blue",
				"route": ["Form", "Key Loan", row.loan],
			}
			for row in out
		],
	}
