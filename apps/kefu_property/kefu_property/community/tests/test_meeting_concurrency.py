"""No room is booked twice, also by two people at the same moment (D31)."""

import frappe
import pytest

from tests.factories.meetings import make_meeting_room, new_meeting
from tests.factories.parallel import at_once
from tests.factories.registry import make_project

pytestmark = pytest.mark.concurrency


def submit(meeting: str) -> None:
	frappe.get_doc("Office Meeting", meeting).submit()


@pytest.fixture
def project():
	name = make_project().name
	yield name
	frappe.db.rollback()
	for doctype in ("Office Meeting", "Meeting Room Booking", "Meeting Room"):
		frappe.db.delete(doctype, {"project": name})
	frappe.db.delete("Property Project", {"name": name})
	frappe.db.commit()  # the processes needed committed data


def test_of_three_bookings_of_one_time_one_gets_the_room(project):
	room = make_meeting_room(project).name
	times = (("09:00", "10:00"), ("09:30", "10:30"), ("09:59", "11:00"))
	names = [new_meeting(project, room, begin, end).insert().name for begin, end in times]
	frappe.db.commit()  # the other processes must see it
	results = sorted(at_once(submit, [(name,) for name in names]))
	assert results.count("ok") == 1 and set(results) == {"ok", "RoomTaken"}
	frappe.db.rollback()
	assert frappe.db.count("Meeting Room Booking", {"room": room}) == 1
