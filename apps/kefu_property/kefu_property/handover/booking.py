"""Appointments: a place in a slot is taken under the slot's lock, so that none is given twice (D24)."""

from __future__ import annotations

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import get_datetime, get_time, getdate, now_datetime

from kefu_property.handover import settings
from kefu_property.handover.exceptions import BookingClosed, SlotFull
from kefu_property.rules import handover_rules as rules


def starts_at(slot) -> datetime:
	return datetime.combine(getdate(slot["slot_date"]), get_time(slot["from_time"]))


def free_slots(batch: str, now=None) -> list[dict]:
	"""Slots of a batch that begin later and have a place: `name`, `slot_date`, `from_time`, `to_time`, `left`."""
	now = get_datetime(now) if now else now_datetime()
	rows = frappe.get_all(
		"Handover Slot",
		filters={"batch": batch, "closed": 0, "slot_date": [">=", now.date()]},
		fields=["name", "slot_date", "from_time", "to_time", "capacity", "booked"],
		order_by="slot_date, from_time",
	)
	for row in rows:
		row.left = row.capacity - row.booked
	return [row for row in rows if row.left > 0 and starts_at(row) > now]


def lock_home(name: str):
	"""The Home Handover, read after its row was locked: always before any slot, so that two desks do not deadlock."""
	return frappe.get_doc("Home Handover", name, for_update=True)


def book(name: str, slot: str, by: str, now=None) -> dict:
	"""Give a home an appointment, or another one. `by` is `Portal` or `Desk`. The caller has checked who asks.

	The hours of the settings bind buyers alone: the desk moves an appointment until it begins. Raises SlotFull,
	BookingClosed.
	"""
	now = get_datetime(now) if now else now_datetime()
	doc = lock_home(name)
	if doc.status not in rules.BOOKABLE:
		frappe.throw(
			_("The handover of {0} is {1}. No appointment is needed.").format(doc.unit_code, _(doc.status)),
			BookingClosed,
		)
	hours = settings.number("booking_close_hours") if by == "Portal" else 0
	if doc.status == rules.BOOKED and not rules.may_change(get_datetime(doc.appointment), now, hours):
		frappe.throw(_("Your appointment can no longer be changed here. Please call the office."), BookingClosed)
	wanted = _locked({slot, doc.slot} - {None, ""})
	chosen = wanted.get(slot)
	if not chosen or chosen.batch != doc.batch or chosen.closed or starts_at(chosen) <= now:
		frappe.throw(_("This appointment is not offered any more. Choose another one."), BookingClosed)
	if doc.slot != slot or doc.status != rules.BOOKED:
		if chosen.booked >= chosen.capacity:
			frappe.throw(_("This appointment has just been taken. Choose another one."), SlotFull)
		if doc.status == rules.BOOKED:
			_add(doc.slot, -1)
		_add(slot, 1)
	doc.db_set(
		{
			"status": rules.BOOKED,
			"slot": slot,
			"appointment": starts_at(chosen),
			"booked_by": by,
			"queue_date": None,
			"queue_number": 0,
		},
		notify=True,
	)
	return {"appointment": starts_at(chosen), "unit_code": doc.unit_code}


def cancel(name: str, by: str, now=None) -> None:
	"""Give an appointment back. Raises BookingClosed when there is none or it is too late for the buyer."""
	now = get_datetime(now) if now else now_datetime()
	doc = lock_home(name)
	hours = settings.number("booking_close_hours") if by == "Portal" else 0
	if doc.status != rules.BOOKED:
		frappe.throw(_("There is no appointment to cancel."), BookingClosed)
	if not rules.may_change(get_datetime(doc.appointment), now, hours):
		frappe.throw(_("Your appointment can no longer be changed here. Please call the office."), BookingClosed)
	_locked({doc.slot})
	release(doc)
	doc.db_set({"status": rules.TO_BE_BOOKED, "slot": None, "appointment": None, "booked_by": None}, notify=True)


def release(doc) -> None:
	"""The place of a locked handover is free again."""
	if doc.slot and doc.status == rules.BOOKED:
		_add(doc.slot, -1)


def _locked(names: set[str]) -> dict[str, dict]:
	"""Slots by name, locked in one order; what is read is the newest state, whatever the transaction saw before."""
	table = frappe.qb.DocType("Handover Slot")
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.batch, table.slot_date, table.from_time, table.capacity, table.booked, table.closed)
		.where(table.name.isin(sorted(names) or [""]))
		.orderby(table.name)
		.for_update()
		.run(as_dict=True)
	)
	return {row.name: row for row in rows}


def _add(slot: str, number: int) -> None:
	table = frappe.qb.DocType("Handover Slot")
	frappe.qb.update(table).set(table.booked, table.booked + number).where(table.name == slot).run()
