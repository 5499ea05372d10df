"""Meeting rooms: one line for each booked time, written under the room's lock, so that no two overlap (D31, D21)."""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import format_datetime, get_datetime

from kefu_property.community.meeting_exceptions import MeetingTimes, RoomTaken, RoomWrong

#: a booking is no longer than this many hours
LONGEST = 24


def check_times(starts_on, ends_on) -> None:
	begin, end = get_datetime(starts_on), get_datetime(ends_on)
	if end <= begin:
		frappe.throw(_("It ends before it begins. Correct the times."), MeetingTimes)
	if (end - begin).total_seconds() > LONGEST * 3600:
		frappe.throw(
			_("A room is booked for at most {0} hours at once. Use several lines.").format(LONGEST), MeetingTimes
		)


def check_room(room: str, project: str) -> frappe._dict:
	"""The room's row: `room_name`, `place`, `seats`, `price_per_hour`. Raises RoomWrong."""
	row = frappe.db.get_value(
		"Meeting Room", room, ["project", "room_name", "place", "seats", "price_per_hour", "disabled"], as_dict=True
	)
	if row.project != project or row.disabled:
		frappe.throw(_("The room {0} is out of use, or belongs to another project.").format(row.room_name), RoomWrong)
	return row


def clash(room: str, starts_on, ends_on, name: str = "", lock: bool = False) -> frappe._dict | None:
	"""A booking that overlaps, if there is one; the one of paper `name` does not count."""
	booking = frappe.qb.DocType("Meeting Room Booking")
	query = (
		frappe.qb.from_(booking)
		.select(booking.name, booking.subject, booking.starts_on, booking.ends_on)
		.where((booking.room == room) & (booking.starts_on < ends_on) & (booking.ends_on > starts_on))
		.where(booking.reference_name != name)
		.orderby(booking.starts_on)
	)
	if lock:
		query = query.for_update()  # what others committed since this transaction began counts
	rows = query.run(as_dict=True)
	return rows[0] if rows else None


def check_free(room: str, starts_on, ends_on, name: str = "", lock: bool = False) -> None:
	other = clash(room, starts_on, ends_on, name, lock)
	if other:
		frappe.throw(
			_("The room is taken from {0} to {1}: {2}. Choose another time or room.").format(
				format_datetime(other.starts_on), format_datetime(other.ends_on), other.subject
			),
			RoomTaken,
		)


def book(doc, subject: str, times: Iterable[tuple]) -> None:
	"""Book rooms for a paper: `times` are (room, begin, end). The rooms are locked in the order of their names."""
	times = sorted(times, key=lambda time: (time[0], get_datetime(time[1])))
	table = frappe.qb.DocType("Meeting Room")
	names = sorted({room for room, _begin, _end in times})
	if names:
		frappe.qb.from_(table).select(table.name).where(table.name.isin(names)).orderby(table.name).for_update().run()
	for room, begin, end in times:
		check_free(room, begin, end, lock=True)  # lint: allow query-in-loop: the few rooms of one paper
		frappe.get_doc(  # lint: allow query-in-loop: a new document, no query
			{
				"doctype": "Meeting Room Booking",
				"project": doc.project,
				"room": room,
				"subject": subject,
				"starts_on": begin,
				"ends_on": end,
				"reference_doctype": doc.doctype,
				"reference_name": doc.name,
			}
		).insert(ignore_permissions=True)  # bookings are written by papers, nobody writes them by hand


def release(doc) -> None:
	"""Give up the rooms of a paper."""
	frappe.db.delete("Meeting Room Booking", {"reference_doctype": doc.doctype, "reference_name": doc.name})
