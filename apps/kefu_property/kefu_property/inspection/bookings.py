"""Booking of facilities by residents: a slot is let once, also when two ask at the same moment (D26)."""

from __future__ import annotations

from datetime import date, datetime, time

import frappe
from frappe import _
from frappe.utils import add_days, format_date, format_time, get_time, getdate, now_datetime

from kefu_property.inspection.exceptions import BookingRefused, SlotTaken
from kefu_property.rules import inspection_rules as rules

HOLDS = ("Requested", "Confirmed")


def taken(
	facility: str, day: date | str, locked: bool = False, without: str | None = None
) -> list[tuple[time, time, str]]:
	"""(from, until, home) of the bookings of a facility on a day; `locked` reads what others committed just now."""
	booking = frappe.qb.DocType("Facility Booking")
	query = (
		frappe.qb.from_(booking)
		.select(booking.from_time, booking.to_time, booking.unit)
		.where((booking.facility == facility) & (booking.booked_for == getdate(day)))
		.where(booking.status.isin(HOLDS) & (booking.name != (without or "")))
	)
	return [
		(get_time(start), get_time(end), unit) for start, end, unit in (query.for_update() if locked else query).run()
	]


def free_slots(facility, day: date) -> list[tuple[time, time]]:
	"""Slots of a day that nobody has booked and that have not begun."""
	now = now_datetime()
	held = taken(facility.name, day)
	return [
		(start, end)
		for start, end in facility.slots()
		if datetime.combine(day, start) > now
		and not any(rules.times_overlap(start, end, other, until) for other, until, _unit in held)
	]


def check(doc) -> None:
	"""Refuse what the facility does not offer, then what somebody else holds. The facility's row stays locked.

	Raises BookingRefused or SlotTaken.
	"""
	frappe.db.get_value("Facility", doc.facility, "name", for_update=True)
	facility = frappe.get_doc("Facility", doc.facility)
	day, start, end = getdate(doc.booked_for), get_time(doc.from_time), get_time(doc.to_time)
	if facility.project != doc.project or not facility.bookable or facility.status != "In Use":
		frappe.throw(_("{0} cannot be booked.").format(facility.facility_name), BookingRefused)
	offered = facility.slots()
	if start not in {slot[0] for slot in offered} or end not in {slot[1] for slot in offered} or start >= end:
		frappe.throw(
			_("{0} is let in slots of {1} minutes from {2} to {3}.").format(
				facility.facility_name,
				facility.slot_minutes,
				format_time(facility.bookable_from),
				format_time(facility.bookable_to),
			),
			BookingRefused,
		)
	if datetime.combine(day, start) < now_datetime() or day > getdate(add_days(getdate(), facility.days_ahead)):
		frappe.throw(
			_("{0} can be booked from now until {1}.").format(
				facility.facility_name, format_date(add_days(getdate(), facility.days_ahead))
			),
			BookingRefused,
		)
	held = taken(doc.facility, day, locked=True, without=doc.name)
	if any(rules.times_overlap(start, end, other, until) for other, until, _unit in held):
		frappe.throw(_("This time has just been booked by somebody else. Choose another one."), SlotTaken)
	own = sum(_slots(other, until, facility.slot_minutes) for other, until, unit in held if unit == doc.unit)
	if own + _slots(start, end, facility.slot_minutes) > (facility.slots_per_home or 1):
		frappe.throw(
			_("A home books at most {0} slots of {1} on one day.").format(
				facility.slots_per_home or 1, facility.facility_name
			),
			BookingRefused,
		)


def _slots(start: time, end: time, minutes: int) -> int:
	base = date(2000, 1, 1)
	return int((datetime.combine(base, end) - datetime.combine(base, start)).total_seconds() // (60 * minutes))
