"""Scheduled work of handing over."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days, format_date, format_datetime, getdate

from kefu_property.handover import defects, settings
from kefu_property.registry import api as registry
from kefu_property.rules import handover_rules as rules
from kefu_property.suite import messages
from kefu_property.suite.notify import alert, staff_with_role

#: who is told some days before the due date, and when it is over
REMINDED = {1: ("Engineering Lead",), 2: ("Engineering Lead", "CS Supervisor")}


def remind_of_defects(today=None) -> int:
	"""Daily: tell of defects that are due soon or overdue, each level once (L12). Returns how many were told of."""
	day = getdate(today)
	rows = frappe.get_all(
		"Handover Defect",
		filters={
			"status": ["in", defects.OPEN],
			"due_date": ["<=", add_days(day, settings.number("warn_days"))],
			"reminded_level": ["<", 2],
		},
		fields=["name", "project", "room", "unit", "due_date", "reminded_level"],
		order_by="due_date",
	)
	staff: dict[tuple[str, str], list[str]] = {}
	told = 0
	for row in rows:
		level = 2 if row.due_date < day else 1
		if level <= row.reminded_level:
			continue
		users = []
		for role in REMINDED[level]:
			if (role, row.project) not in staff:
				staff[role, row.project] = staff_with_role(role, row.project)
			users += staff[role, row.project]
		alert(
			users,
			lambda row=row, level=level: (
				_("{0} of {1} should have been repaired by {2}.") if level == 2 else _("{0} of {1} is due on {2}.")
			).format(row.name, row.unit or row.room, format_date(row.due_date)),
			"Handover Defect",
			row.name,
		)
		frappe.db.set_value(  # lint: allow query-in-loop: one write per alert
			"Handover Defect", row.name, "reminded_level", level, update_modified=False
		)
		told += 1
	return told


def remind_of_appointments(today=None) -> int:
	"""Daily: a message to everybody who has an appointment tomorrow. Returns the number of messages."""
	tomorrow = add_days(getdate(today), 1)
	rows = frappe.get_all(
		"Home Handover",
		filters={
			"status": rules.BOOKED,
			"resident": ["is", "set"],
			"appointment": ["between", [f"{tomorrow} 00:00:00", f"{tomorrow} 23:59:59"]],
		},
		fields=["unit_code", "resident", "appointment", "batch.venue"],
		order_by="`tabHome Handover`.appointment",
	)
	sent = 0
	for row in rows:
		phone = registry.phone_for_message(row.resident)
		if phone:
			args = {"home": row.unit_code, "time": format_datetime(row.appointment), "venue": row.venue}
			messages.send("handover_reminder", phone, args, resident=row.resident)
			sent += 1
	return sent


def note_absent(today=None) -> int:
	"""Daily: who had an appointment before today, or was called and never came, can book again. Returns the homes."""
	day = getdate(today)
	table = frappe.qb.DocType("Home Handover")
	gone = ((table.status == rules.BOOKED) & (table.appointment < f"{day} 00:00:00")) | (
		table.status.isin((rules.WAITING, rules.CALLED)) & (table.queue_date < day)
	)
	names = frappe.qb.from_(table).select(table.name).where(gone).for_update().run(pluck=True)
	if names:
		(
			frappe.qb.update(table)
			.set(table.status, rules.ABSENT)
			.set(table.slot, None)
			.where(table.name.isin(names))
			.run()
		)
	return len(names)


def message_texts(kind: str, args: dict) -> str | None:
	"""Extension point `message_texts`: invitation and reminder."""
	if kind == "handover_invitation":
		return _(
			"Your home {home} will be handed over from {from_date} to {to_date} at {venue}. Choose a time at {address}. {organisation}"
		).format(**args)
	if kind == "handover_reminder":
		return _(
			"Your home {home} will be handed over on {time} at {venue}. Please bring your identity papers. {organisation}"
		).format(**args)
	return None
