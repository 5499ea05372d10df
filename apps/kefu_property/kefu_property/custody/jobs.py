"""Scheduled work of custody."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days, cint, get_datetime, getdate, now_datetime, today

from kefu_property.custody import notices
from kefu_property.suite.notify import alert, staff_with_role

REMIND_AGAIN_DAYS = 3
MOST_REMINDERS = 3


def _setting(fieldname: str) -> int:
	return cint(frappe.db.get_single_value("Custody Settings", fieldname))


def remind_owners(now=None) -> int:
	"""Daily: remind owners of items that wait, at most three times, three days apart. Returns the number reminded."""
	now = get_datetime(now) if now else now_datetime()
	rows = frappe.get_all(
		"Custody Item",
		filters={
			"status": "Waiting",
			"kind": ["in", ["Parcel", "Letter"]],
			"resident": ["is", "set"],
			"received_on": ["<", add_days(now, -max(_setting("remind_after_days"), 1))],
			"reminders": ["<", MOST_REMINDERS],
		},
		fields=["name", "reminders", "last_reminder"],
		order_by="received_on",
	)
	due = [
		row
		for row in rows
		if not row.last_reminder or get_datetime(row.last_reminder) <= add_days(now, -REMIND_AGAIN_DAYS)
	]
	for row in due:
		notices.arrived(row.name, "custody_reminder")
		frappe.db.set_value(  # lint: allow query-in-loop: one write per reminder
			"Custody Item",
			row.name,
			{"reminders": cint(row.reminders) + 1, "last_reminder": now},
			update_modified=False,
		)
	return len(due)


def tell_overdue() -> int:
	"""Daily: tell the supervisors of each project how many items wait too long. Returns the number of projects."""
	days = _setting("overdue_after_days")
	if not days:
		return 0
	found: dict[str, list[str]] = {}
	for row in frappe.get_all(
		"Custody Item",
		filters={"status": "Waiting", "received_on": ["<", add_days(now_datetime(), -days)]},
		fields=["name", "project", "keep_until"],
		order_by="received_on",
	):
		if not row.keep_until or getdate(row.keep_until) < getdate(today()):
			found.setdefault(row.project, []).append(row.name)
	for project, names in found.items():
		alert(
			staff_with_role("CS Supervisor", project),
			lambda names=names: _("{0} items in custody wait longer than {1} days.").format(len(names), days),
			"Custody Item",
			names[0],
		)
	return len(found)


def forget_pickers() -> None:
	"""Daily: erase signatures and last digits of pick-ups after the retention period (L22)."""
	days = _setting("retention_days")
	if not days:
		return
	limit = add_days(getdate(today()), -days)
	item, paper = frappe.qb.DocType("Custody Item"), frappe.qb.DocType("Custody Authorisation")
	(
		frappe.qb.update(item)
		.set(item.pickup_signature, None)
		.set(item.picker_id_last4, None)
		.set(item.depositor_id_last4, None)
		.where(item.picked_up_on < limit)
		.run()
	)
	frappe.qb.update(paper).set(paper.id_last4, "****").where(paper.valid_until < limit).run()
