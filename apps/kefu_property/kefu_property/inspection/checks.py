"""What inspection says to the front desk and to the portal's home page (D26)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_date, format_time, today

from kefu_property.inspection import bookings
from kefu_property.registry import api as registry

COLOURS = {"Requested": "orange", "Confirmed": "green", "Refused": "red", "Cancelled": "gray"}


def front_desk(context) -> list[dict]:
	"""Extension point `front_desk_cards`: bookings of these homes to come, with the way to book."""
	if not frappe.has_permission("Facility Booking"):
		return []
	units = list(context.get("units") or ())
	residents = list(context.get("residents") or ())
	rows = frappe.get_all(
		"Facility Booking",
		filters={
			"unit": ["in", units or [""]],
			"status": ["in", bookings.HOLDS],
			"booked_for": [">=", today()],
		},
		fields=["name", "facility.facility_name", "booked_for", "from_time", "status"],
		order_by="booked_for, from_time",
	)
	return [
		{
			"key": "facilities",
			"title": _("Facility Bookings"),
			"items": [
				{
					"title": f"{row.facility_name} {_(row.status)}",
					"text": f"{format_date(row.booked_for)} {format_time(row.from_time)}",
					"route": ["Form", "Facility Booking", row.name],
					"indicator": COLOURS[row.status],
				}
				for row in rows
			],
			"actions": [
				{
					"label": _("Book a Facility"),
					"doctype": "Facility Booking",
					"values": {
						"project": context.get("project"),
						"unit": units[0] if units else None,
						"resident": residents[0] if residents else None,
					},
				}
			],
		}
	]


def home_cards(user: str) -> list[dict]:
	"""Extension point `portal_home_cards`: the resident's next booking."""
	residents = registry.residents_of_user(user)
	rows = frappe.get_all(
		"Facility Booking",
		filters={
			"resident": ["in", residents or [""]],
			"status": ["in", bookings.HOLDS],
			"booked_for": [">=", today()],
		},
		fields=["facility.facility_name", "booked_for", "from_time", "status"],
		order_by="booked_for, from_time",
		limit=1,
	)
	return [
		{
			"title": row.facility_name,
			"value": f"{format_date(row.booked_for)} {format_time(row.from_time)}",
			"text": _(row.status),
			"href": "/portal/facilities/bookings",
			"tone": "plain",
			"icon": "calendar",
			"order": 60,
		}
		for row in rows
	]
