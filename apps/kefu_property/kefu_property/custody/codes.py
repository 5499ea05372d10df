"""Pick-up codes: made, sent, shown once to their owner, checked with limited tries. Only a hash is kept (D20)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint
from frappe.utils.password import get_encryption_key

from kefu_property.custody.exceptions import CodeLocked, NotWaiting
from kefu_property.rules import custody_rules

SHOWN_SECONDS = 600


def make(item: str) -> str:
	"""Give an item a new code; the one before is void and wrong tries are forgotten. Returns the code, once."""
	code = custody_rules.new_code()
	frappe.db.set_value(
		"Custody Item",
		item,
		{"code_hash": custody_rules.hash_code(get_encryption_key(), item, code), "code_tries": 0},
		update_modified=False,
	)
	return code


def lock(item: str) -> dict:
	"""What a pick-up depends on, as it stands now, locked until the end of the transaction."""
	table = frappe.qb.DocType("Custody Item")
	rows = (
		frappe.qb.from_(table)
		.select(
			table.name,
			table.project,
			table.status,
			table.code_hash,
			table.code_tries,
			table.picked_up_on,
			table.picked_up_by,
			table.resident,
			table.modified,
		)
		.where(table.name == item)
		.for_update()
		.run(as_dict=True)
	)
	if not rows:
		frappe.throw(_("There is no item {0}.").format(item), frappe.DoesNotExistError)
	return rows[0]


def need_waiting(row: dict) -> None:
	if row["status"] == "Picked Up":
		frappe.throw(
			_("{0} was picked up by {1} on {2}.").format(
				row["name"], row["picked_up_by"], frappe.utils.format_datetime(row["picked_up_on"])
			),
			NotWaiting,
		)
	if row["status"] != "Waiting":
		frappe.throw(_("{0} is {1} and cannot be picked up.").format(row["name"], _(row["status"])), NotWaiting)


def check(row: dict, code: str) -> int | None:
	"""None when the code of the locked item fits, else the number of tries that are left; counts the wrong try.

	The caller answers a wrong code without an exception, so that the count is kept. Raises CodeLocked when no try is
	left or no code was sent.
	"""
	most = cint(frappe.db.get_single_value("Custody Settings", "code_tries")) or 5
	if not row["code_hash"]:
		frappe.throw(
			_("No code was sent for {0}. Send one, or look at the resident's paper.").format(row["name"]), CodeLocked
		)
	if cint(row["code_tries"]) >= most:
		frappe.throw(
			_("Too many wrong codes for {0}. Send a new code, or look at the resident's paper.").format(row["name"]),
			CodeLocked,
		)
	if custody_rules.code_fits(get_encryption_key(), row["name"], (code or "").strip(), row["code_hash"]):
		return None
	tries = cint(row["code_tries"]) + 1
	frappe.db.set_value("Custody Item", row["name"], "code_tries", tries, update_modified=False)
	return most - tries


def remember_for(user: str, item: str, code: str) -> None:
	"""Let the owner's portal page show a new code for ten minutes."""
	frappe.cache.set_value(f"kefu_custody_code:{user}:{item}", code, expires_in_sec=SHOWN_SECONDS)


def shown_to(user: str, item: str) -> str | None:
	return frappe.cache.get_value(f"kefu_custody_code:{user}:{item}", expires=True)
