"""Records of meetings and receptions for tests."""

from __future__ import annotations

from itertools import count
from typing import Any

import frappe

from tests.factories.users import make_user

_numbers = count(1)
#: a day after today on any machine
DAY = "2099-03-10"


def make_meeting_room(project: str, **values: Any):
	values = {"room_code": f"R{next(_numbers)}", "room_name": "Big Room", "seats": 12, "price_per_hour": 80} | values
	return frappe.get_doc({"doctype": "Meeting Room", "project": project} | values).insert(ignore_permissions=True)


def new_meeting(project: str, room: str, begin: str = "09:00", end: str = "10:30", **values: Any):
	"""A meeting with one agenda item and two attendees, not saved yet."""
	clerk, technician = (make_user(role, projects=(project,)) for role in ("Office Clerk", "Technician"))
	return frappe.get_doc(
		{
			"doctype": "Office Meeting",
			"project": project,
			"subject": "Weekly Meeting",
			"chair": clerk,
			"room": room,
			"starts_on": f"{DAY} {begin}:00",
			"ends_on": f"{DAY} {end}:00",
			"agenda": [{"topic": "Safety", "minutes": 30}],
			"attendees": [{"user": technician}, {"attendee_name": "Mr Wang", "company": "Lift Service"}],
		}
		| values
	)


def make_meeting(project: str, room: str, *args: Any, **values: Any):
	"""A booked meeting."""
	doc = new_meeting(project, room, *args, **values).insert(ignore_permissions=True)
	doc.flags.ignore_permissions = True
	return doc.submit()


def new_reception(project: str, **values: Any):
	return frappe.get_doc(
		{
			"doctype": "Reception Plan",
			"project": project,
			"visitors": "City Office",
			"kind": "Study Visit",
			"purpose": "To see the work of the office",
			"starts_on": f"{DAY} 09:00:00",
			"ends_on": f"{DAY} 17:00:00",
			"host": make_user("Office Clerk", projects=(project,)),
			"guests": [{"guest_name": "Zhou"}, {"guest_name": "Wu"}],
			"programme": [{"begins": f"{DAY} 09:30:00", "activity": "Tour"}],
			"costs": [{"cost_item": "Tea", "planned": "120.50"}, {"cost_item": "Lunch", "planned": "300"}],
		}
		| values
	)
