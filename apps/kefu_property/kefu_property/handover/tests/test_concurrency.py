"""Several buyers and counters at the same moment: no appointment twice, no number twice, no visitor twice (D24)."""

import frappe
import pytest
from frappe.utils import today

from kefu_property.handover import booking, visits
from tests.factories.handover import make_batch, make_developer_home, slots_of
from tests.factories.parallel import at_once
from tests.factories.registry import make_project

pytestmark = pytest.mark.concurrency


def test_places_numbers_and_calls_are_given_once():
	project = make_project().name
	homes = [make_developer_home(project) for _ in range(5)]
	batch = make_batch(project, homes)
	names = [f"HH-{home.name}" for home in homes]
	slots = slots_of(batch.name)
	frappe.db.commit()  # the other processes must see it
	answers = at_once(booking.book, [(name, slots[0], "Portal") for name in names])
	assert sorted(answers) == ["SlotFull"] * 3 + ["ok"] * 2
	frappe.db.rollback()  # a new snapshot
	assert frappe.db.get_value("Handover Slot", slots[0], "booked") == 2
	winners = frappe.get_all("Home Handover", {"batch": batch.name, "status": "Booked"}, pluck="name")
	frappe.db.commit()  # ends the snapshot
	# two change places with a third while a fourth takes what they leave
	loser = next(name for name in names if name not in winners)
	answers = at_once(
		booking.book, [(winners[0], slots[1], "Portal"), (winners[1], slots[1], "Portal"), (loser, slots[0], "Portal")]
	)
	assert answers[:2] == ["ok", "ok"] and answers[2] in ("ok", "SlotFull")
	frappe.db.rollback()
	for slot in slots:
		taken = frappe.db.count("Home Handover", {"slot": slot, "status": "Booked"})
		assert frappe.db.get_value("Handover Slot", slot, "booked") == taken
	frappe.db.commit()
	assert at_once(visits.check_in, [(name,) for name in names]) == ["ok"] * 5
	frappe.db.rollback()
	numbers = frappe.get_all("Home Handover", {"batch": batch.name}, pluck="queue_number")
	assert sorted(numbers) == [1, 2, 3, 4, 5]
	frappe.db.commit()
	assert at_once(visits.call_next, [(project, str(desk)) for desk in range(1, 5)]) == ["ok"] * 4
	frappe.db.rollback()
	called = frappe.get_all(
		"Home Handover", {"batch": batch.name, "queue_date": today(), "status": "Called"}, ["desk", "queue_number"]
	)
	assert sorted(row.queue_number for row in called) == [1, 2, 3, 4]
	assert sorted(row.desk for row in called) == ["1", "2", "3", "4"]
