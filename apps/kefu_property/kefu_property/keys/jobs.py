"""Scheduled work of the key desk."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days, format_datetime, get_datetime, getdate, now_datetime, today

from kefu_property.keys import movements
from kefu_property.registry import api as registry
from kefu_property.rules import key_rules
from kefu_property.suite import messages
from kefu_property.suite.notify import alert, staff_with_role


def remind_overdue(now=None) -> int:
	"""Every quarter of an hour: tell whoever has to know of keys that are not back. Returns the number of loans told.

	Level 1, at the due time: borrower and the one who handed out; level 2: the supervisors of the project; level 3:
	the director. Each level once per loan; the level is written with the alert, so that a second run tells nobody
	twice.
	"""
	now = get_datetime(now) if now else now_datetime()
	supervisor, director = movements.settings("supervisor_after_hours"), movements.settings("director_after_hours")
	loans = frappe.get_all(
		"Key Loan",
		filters={
			"docstatus": 1,
			"status": ["in", ["On Loan", "Partly Returned"]],
			"due_on": ["<", now],
			"overdue_level": ["<", 3],
		},
		fields=[
			"name",
			"project",
			"due_on",
			"overdue_level",
			"staff",
			"resident",
			"borrower_name",
			"company",
			"contact_phone",
			"issued_by",
			"open_items",
		],
		order_by="due_on",
	)
	staff: dict[tuple[str, str], list[str]] = {}
	told = 0
	for loan in loans:
		level = key_rules.overdue_level(loan.due_on, now, supervisor, director)
		if level <= loan.overdue_level:
			continue
		for step in range(loan.overdue_level + 1, level + 1):
			_tell(loan, step, staff)
		frappe.db.set_value(  # lint: allow query-in-loop: one write per reminder
			"Key Loan", loan.name, {"overdue_level": level, "last_reminder": now}, update_modified=False
		)
		told += 1
	return told


def _tell(loan: dict, level: int, staff: dict) -> None:
	roles = {2: "CS Supervisor", 3: "Office Director"}
	if level == 1:
		users = [loan.issued_by, loan.staff]
		_write_to_borrower(loan)
	else:
		key = (roles[level], loan.project)
		if key not in staff:
			staff[key] = staff_with_role(*key)
		users = staff[key]
	alert(
		users,
		lambda: _("{0} keys overdue since {1}: {2} {3}").format(
			loan.open_items, format_datetime(loan.due_on), loan.borrower_name, loan.company or ""
		),
		"Key Loan",
		loan.name,
	)


def _write_to_borrower(loan: dict) -> None:
	phone = registry.phone_for_message(loan.resident) if loan.resident else loan.contact_phone
	if phone:
		messages.send(
			"keys_overdue",
			phone,
			{"count": loan.open_items, "due": format_datetime(loan.due_on), "loan": loan.name},
			resident=loan.resident,
		)


def message_texts(kind: str, args: dict) -> str | None:
	"""Extension point `message_texts`: the reminder for keys that are not back."""
	if kind == "keys_overdue":
		return _(
			"The {count} keys of loan {loan} were due back on {due}. Please bring them back. {organisation}"
		).format(**args)
	return None


def remind_lock_changes() -> int:
	"""Daily: tell the supervisors of losses whose lock change is late. Returns the number of losses told of."""
	rows = frappe.get_all(
		"Key Loss",
		filters={"status": "Lock Change Due", "lock_change_due": ["<", today()]},
		fields=["name", "project", "key_name", "lock_change_due"],
	)
	staff: dict[str, list[str]] = {}
	for row in rows:
		if row.project not in staff:
			staff[row.project] = staff_with_role("CS Supervisor", row.project)
		alert(
			staff[row.project],
			lambda row=row: _("The lock of {0} should have been changed by {1}.").format(
				row.key_name, frappe.utils.format_date(row.lock_change_due)
			),
			"Key Loss",
			row.name,
		)
	return len(rows)


def forget_borrowers() -> int:
	"""Daily: erase phone and last digits of returned loans and handovers after the retention period (L22)."""
	days = movements.settings("retention_days")
	if not days:
		return 0
	limit = add_days(getdate(today()), -days)
	loan, handover = frappe.qb.DocType("Key Loan"), frappe.qb.DocType("Key Handover")
	held = frappe.db.count("Key Loan", {"returned_on": ["<", limit], "id_last4": ["is", "set"]})
	(
		frappe.qb.update(loan)
		.set(loan.contact_phone, None)
		.set(loan.id_last4, None)
		.set(loan.signature, None)
		.where(loan.returned_on < limit)
		.run()
	)
	frappe.qb.update(handover).set(handover.id_last4, None).where(handover.handed_on < limit).run()
	return held
