"""Bookings of special services: a unique key for each place of a time, so that none is given away twice (D27)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import frappe
from frappe import _
from frappe.utils import format_datetime, get_datetime, getdate, now_datetime, to_timedelta

from kefu_property.community import fees
from kefu_property.community.exceptions import BookingState, ServiceNotOffered, SlotFull
from kefu_property.registry import api as registry
from kefu_property.rules import community_rules as rules
from kefu_property.rules.money import D
from kefu_property.suite import messages, row_rules
from kefu_property.suite.notify import alert

BOOKED, DISPATCHED, DONE, CANCELLED = "Booked", "Dispatched", "Done", "Cancelled"
OPEN = (BOOKED, DISPATCHED)


def start_of(day: date | str, from_time) -> datetime:
	return datetime.combine(getdate(day), datetime.min.time()) + to_timedelta(str(from_time))


def times(service, days: int = 14, now: datetime | None = None) -> list[dict]:
	"""Times that can be booked: `date`, `from_time`, `to_time` (text HH:MM), `free`; full ones are listed with 0."""
	now = now or now_datetime()
	first, last = now.date(), now.date() + timedelta(days=min(days, service.ahead_days))
	taken = {
		(getdate(day), str(start)): count
		for day, start, count in frappe.db.sql(
			"""select service_date, from_time, count(*) from `tabService Booking`
			where service = %s and service_date between %s and %s and seat_key is not null group by service_date, from_time""",
			(service.name, first, last),
		)
	}
	found = []
	for offset in range((last - first).days + 1):
		day = first + timedelta(days=offset)
		for row in sorted(service.slots, key=lambda slot: to_timedelta(str(slot.from_time))):
			if row.weekday != rules.weekday_of(day):
				continue
			start = start_of(day, row.from_time)
			if not rules.may_book(now, start, service.lead_hours, service.ahead_days):
				continue
			used = taken.get((day, str(to_timedelta(str(row.from_time)))), 0)
			found.append(
				{
					"date": day,
					"from_time": _clock(row.from_time),
					"to_time": _clock(row.to_time),
					"free": max(0, row.capacity - used),
				}
			)
	return found


def _clock(value) -> str:
	seconds = int(to_timedelta(str(value)).total_seconds())
	return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"


def slot_of(service, day: date | str, from_time):
	"""The weekly time that a booking asks for. Raises ServiceNotOffered."""
	wanted = to_timedelta(str(from_time))
	for row in service.slots:
		if row.weekday == rules.weekday_of(getdate(day)) and to_timedelta(str(row.from_time)) == wanted:
			return row
	frappe.throw(
		_("{0} is not offered at this time. Choose one of its times.").format(service.service_name), ServiceNotOffered
	)


def fill(doc) -> None:
	"""Check a new booking against its service and fill in time and price. Raises ServiceNotOffered."""
	service = frappe.get_doc("Special Service", doc.service)
	if service.workflow_state != "Offered":
		frappe.throw(_("{0} is not offered at present.").format(service.service_name), ServiceNotOffered)
	slot = slot_of(service, doc.service_date, doc.from_time)
	start, now = start_of(doc.service_date, slot.from_time), now_datetime()
	lead = service.lead_hours if doc.source == "Portal" else 0
	if not rules.may_book(now, start, lead, service.ahead_days):
		frappe.throw(
			_("Book {0} at least {1} hours and at most {2} days ahead.").format(
				service.service_name, lead, service.ahead_days
			),
			ServiceNotOffered,
		)
	most = max(1, service.max_quantity or 1)
	if not 1 <= int(doc.quantity or 0) <= most:
		frappe.throw(_("Choose a quantity between 1 and {0}.").format(most), ServiceNotOffered)
	if not registry.lives_or_owns(doc.unit, doc.resident):
		frappe.throw(_("This resident has no relation to {0}.").format(doc.unit), ServiceNotOffered)
	doc.project, doc.service_name = service.project, service.service_name
	doc.to_time, doc.price = slot.to_time, service.price
	doc.amount = D(service.price) * int(doc.quantity)
	doc.flags.capacity = slot.capacity


def seats(doc) -> list[str]:
	"""Keys of the places of a booking's time that look free; the unique index decides who gets one."""
	base = f"{doc.service}|{getdate(doc.service_date)}|{_clock(doc.from_time)}|"
	taken = set(
		frappe.get_all(
			"Service Booking",
			filters={"service": doc.service, "service_date": doc.service_date, "seat_key": ["is", "set"]},
			pluck="seat_key",
		)
	)
	return [key for number in range(1, doc.flags.capacity + 1) if (key := f"{base}{number}") not in taken]


def full(doc) -> None:
	frappe.throw(
		_("{0} on {1} is fully booked. Choose another time.").format(
			doc.service_name, format_datetime(start_of(doc.service_date, doc.from_time))
		),
		SlotFull,
	)


def held(name: str, *states: str):
	"""A booking as it stands now, its row held until the end of the transaction. Raises BookingState when it is in none of `states`."""
	doc = frappe.get_doc("Service Booking", name, for_update=True)
	if doc.status not in states:
		frappe.throw(_("The booking {0} is {1}.").format(doc.code, _(doc.status)), BookingState)
	return doc


def dispatch(name: str, user: str) -> None:
	"""Send somebody. The caller has checked the right to the booking. Raises BookingState."""
	doc = held(name, *OPEN)
	if frappe.db.get_value("User", user, ["enabled", "user_type"]) != (1, "System User"):
		frappe.throw(_("Choose a staff member."), BookingState)
	if not row_rules.sees_all_projects(user) and doc.project not in row_rules.projects_of(user):
		frappe.throw(_("{0} is not assigned to this project.").format(frappe.utils.get_fullname(user)), BookingState)
	doc.db_set({"assigned_to": user, "status": DISPATCHED, "dispatched_on": now_datetime()}, notify=True)
	alert(
		[user],
		lambda: _("{0} in {1} at {2}").format(
			doc.service_name, doc.unit, format_datetime(start_of(doc.service_date, doc.from_time))
		),
		doc.doctype,
		doc.name,
	)


def finish(name: str, note: str) -> str | None:
	"""The work is done: bill it. Returns the bill. The caller has checked the right to the booking. Raises BookingState."""
	doc = held(name, DISPATCHED)
	if start_of(doc.service_date, "00:00:00") > now_datetime():
		frappe.throw(_("This booking is for {0}.").format(doc.get_formatted("service_date")), BookingState)
	if not (note or "").strip():
		frappe.throw(_("Write what was done."), BookingState)
	bill = fees.bill(doc, "service_fee_item", D(doc.amount), doc.service_name)
	doc.db_set(
		{
			"status": DONE,
			"done_on": now_datetime(),
			"done_note": note.strip(),
			"bill": bill,
			"charged": doc.amount if bill else 0,
		},
		notify=True,
	)
	frappe.db.sql("update `tabSpecial Service` set bookings_done = bookings_done + 1 where name = %s", doc.service)
	return bill


def cancel(name: str, reason: str, by_office: bool) -> str | None:
	"""Call a booking off and give its place back; late ones cost the percentage of the service unless the office cancels.

	Returns the bill of a late cancellation. Raises BookingState. The caller has checked whose booking it is.
	"""
	doc = held(name, *OPEN)
	if not (reason or "").strip():
		frappe.throw(_("Write a reason."), BookingState)
	service = frappe.get_doc("Special Service", doc.service)
	start = start_of(doc.service_date, doc.from_time)
	cost = D(0)
	if not by_office and rules.is_late(now_datetime(), start, service.cancel_hours):
		cost = rules.late_charge(D(doc.amount), D(service.late_percent or 0))
	bill = fees.bill(doc, "service_fee_item", cost, _("Late cancellation of {0}").format(doc.service_name))
	doc.db_set(
		{
			"status": CANCELLED,
			"seat_key": None,
			"cancelled_on": now_datetime(),
			"cancel_reason": reason.strip()[:140],
			"bill": bill,
			"charged": cost if bill else 0,
		},
		notify=True,
	)
	phone = registry.phone_for_message(doc.resident) if by_office else None
	if phone:
		args = {"title": doc.service_name, "start": format_datetime(start), "reason": reason.strip()}
		messages.send("booking_cancelled", phone, args, resident=doc.resident)
	if doc.assigned_to and not by_office:
		alert([doc.assigned_to], lambda: _("Booking cancelled: {0}").format(doc.service_name), doc.doctype, doc.name)
	return bill


def is_free_of_charge(doc) -> bool:
	hours = frappe.db.get_value("Special Service", doc.service, "cancel_hours")
	return not rules.is_late(now_datetime(), get_datetime(start_of(doc.service_date, doc.from_time)), hours)
