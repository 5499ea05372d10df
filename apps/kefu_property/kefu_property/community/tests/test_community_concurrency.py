"""Never beyond the places: real processes register and book at the same moment (D16, D27)."""

import frappe
import pytest

from tests.factories.community import book, make_activity, make_owner, make_service, register
from tests.factories.parallel import at_once
from tests.factories.registry import make_project

pytestmark = pytest.mark.concurrency


def register_one(activity: str, resident: str) -> None:
	frappe.db.count("Activity Registration", {"activity": activity})  # the snapshot begins before the lock
	register(activity, frappe.get_doc("Resident", resident))


def cancel_one(registration: str) -> None:
	from kefu_property.community import registrations

	registrations.cancel(registration)


def book_one(service: str, unit: str, resident: str) -> None:
	frappe.db.count("Service Booking", {"service": service})  # as above
	book(service, frappe.get_doc("Property Unit", unit), frappe.get_doc("Resident", resident))


def statuses(activity: str) -> list[str]:
	frappe.db.rollback()  # a new snapshot
	return sorted(frappe.get_all("Activity Registration", {"activity": activity}, pluck="status"))


def test_four_register_for_two_places_and_one_moves_up_for_each_that_cancels():
	project = make_project().name
	activity = make_activity(project, quota=2, max_people=2).name
	people = [make_owner(project)[1].name for _ in range(4)]
	frappe.db.commit()  # the other processes must see it
	assert at_once(register_one, [(activity, name) for name in people]) == ["ok"] * 4
	assert statuses(activity) == ["Has a Place"] * 2 + ["Waiting"] * 2
	assert frappe.db.get_value("Community Activity", activity, ["registered_count", "waiting_count"]) == (2, 2)
	placed = frappe.get_all("Activity Registration", {"activity": activity, "status": "Has a Place"}, pluck="name")
	assert at_once(cancel_one, [(name,) for name in placed]) == ["ok", "ok"]
	assert statuses(activity) == ["Cancelled"] * 2 + ["Has a Place"] * 2
	assert frappe.db.get_value("Community Activity", activity, ["registered_count", "waiting_count"]) == (2, 0)


def test_one_person_in_two_windows_registers_once():
	project = make_project().name
	activity, resident = make_activity(project).name, make_owner(project)[1].name
	frappe.db.commit()  # as above
	answers = at_once(register_one, [(activity, resident)] * 2)
	assert sorted(answers) == ["AlreadyRegistered", "ok"]
	frappe.db.rollback()
	assert frappe.db.get_value("Community Activity", activity, "registered_count") == 1


def test_of_four_bookings_two_get_the_time():
	project = make_project().name
	service = make_service(project, capacity=2).name
	homes = [make_owner(project)[:2] for _ in range(4)]
	frappe.db.commit()  # as above
	answers = at_once(book_one, [(service, unit.name, resident.name) for unit, resident in homes])
	assert sorted(answers) == ["SlotFull", "SlotFull", "ok", "ok"]
