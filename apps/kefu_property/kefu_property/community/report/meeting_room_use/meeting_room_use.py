"""Report Meeting Room Use: bookings, hours and charges of each room."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import get_datetime

from kefu_property.community.meeting_reports import column, scoped
from kefu_property.rules import meeting_rules as rules
from kefu_property.rules.money import D


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows by room, no message, chart of hours. Filters: `project`, `from_date`, `to_date`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, chart(rows)


def columns() -> list[dict]:
	return [
		column(_("Meeting Room"), "room", "Link", 180, "Meeting Room"),
		column(_("Room Name"), "room_name", width=160),
		column(_("Meetings"), "meetings", "Int", 90),
		column(_("Receptions"), "receptions", "Int", 100),
		column(_("Hours"), "hours", "Float", 90),
		column(_("Total Charge"), "charge", "Currency", 120),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	booking, room, meeting = (
		frappe.qb.DocType(name) for name in ("Meeting Room Booking", "Meeting Room", "Office Meeting")
	)
	query = (
		frappe.qb.from_(booking)
		.join(room)
		.on(room.name == booking.room)
		.left_join(meeting)
		.on((meeting.name == booking.reference_name) & (booking.reference_doctype == "Office Meeting"))
		.select(
			booking.room,
			room.room_name,
			booking.starts_on,
			booking.ends_on,
			booking.reference_doctype,
			meeting.total_charge,
		)
		.orderby(room.room_name)
	)
	found: dict[str, frappe._dict] = {}
	for row in scoped(query, booking, filters, "starts_on").run(as_dict=True):
		line = found.setdefault(
			row.room,
			frappe._dict(room=row.room, room_name=row.room_name, meetings=0, receptions=0, hours=D(0), charge=D(0)),
		)
		line["meetings" if row.reference_doctype == "Office Meeting" else "receptions"] += 1
		line.hours += rules.hours(get_datetime(row.starts_on), get_datetime(row.ends_on))
		line.charge += D(str(row.total_charge or 0))
	return list(found.values())


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	values = [round(row.hours, 1) for row in rows]
	labels = [row.room_name for row in rows]
	return {"data": {"labels": labels, "datasets": [{"name": _("Hours"), "values": values}]}, "type": "bar"}
