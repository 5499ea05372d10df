"""Rules of handing over: appointments, ages, checklists (D24, L12)."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import handover_rules as rules

DAY = date(2026, 3, 2)  # a Monday
times = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))


@given(times, times, st.integers(5, 240), times, times, st.integers(0, 13), st.booleans())
def test_slots_keep_to_the_day_and_the_break(day_from, day_to, minutes, break_from, break_to, days, skip):
	try:
		found = rules.slots(DAY, DAY + timedelta(days=days), day_from, day_to, minutes, break_from, break_to, skip)
	except rules.NoSlots:
		return
	for (day, begin, end), after in zip(found, [*found[1:], None], strict=True):
		assert DAY <= day <= DAY + timedelta(days=days) and not (skip and day.weekday() >= 5)
		assert day_from <= begin < end <= day_to
		assert datetime.combine(day, end) - datetime.combine(day, begin) == timedelta(minutes=minutes)
		if break_from < break_to:
			assert end <= break_from or begin >= break_to
		assert after is None or (day, end) <= after[:2]


def test_slots_of_a_usual_day():
	found = rules.slots(DAY, DAY, time(9), time(17), 60, time(12), time(13))
	assert [begin.hour for _day, begin, _end in found] == [9, 10, 11, 13, 14, 15, 16]
	with pytest.raises(rules.NoSlots):
		rules.slots(DAY, DAY, time(9), time(9, 30), 60)


@pytest.mark.parametrize(
	("late", "age"),
	[
		(-3, "Not Due"),
		(0, "Not Due"),
		(1, "1 to 7 Days"),
		(7, "1 to 7 Days"),
		(8, "8 to 30 Days"),
		(31, "Over 30 Days"),
	],
)
def test_ages(late, age):
	assert rules.age(DAY, DAY + timedelta(days=late)) == age


@given(st.integers(-400, 400))
def test_every_day_has_one_age(late):
	assert rules.age(DAY, DAY + timedelta(days=late)) in dict(rules.AGES)


def test_the_checklist_goes_from_room_to_room():
	rooms = [("主卧", "Bedroom"), ("厨房", "Kitchen")]
	checks = [("walls", "Every Room"), ("gas", "Kitchen"), ("rail", "Balcony")]
	assert rules.checklist(rooms, checks) == [("主卧", "walls"), ("厨房", "walls"), ("厨房", "gas")]
	assert rules.unique_rooms(rooms) and not rules.unique_rooms([*rooms, (" 厨房", "Kitchen")])


def test_small_rules():
	now = datetime(2026, 3, 2, 8)
	assert rules.may_change(None, now, 12) and not rules.may_change(datetime(2026, 3, 2, 19), now, 12)
	assert rules.due_date(DAY, 30) == date(2026, 4, 1) and rules.due_date(DAY, 30, 7) == date(2026, 3, 9)
	assert (rules.outcome(0), rules.outcome(2)) == ("Handed Over without Defects", "Handed Over with Defects")
	assert (rules.share(1, 3), rules.share(1, 0)) == (33.3, 0.0)
	assert rules.repair_days(DAY, DAY - timedelta(days=1)) == 0
