"""Rules of the community desk: nobody overtakes, periods tile the year, fingerprints hold."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import community_rules as rules

groups = st.lists(st.integers(1, 6), max_size=12)


@given(st.integers(0, 40), st.integers(0, 40), groups)
def test_who_moves_up_fits_and_is_first(quota, registered, people):
	waiting = [(str(number), count) for number, count in enumerate(people)]
	chosen = rules.moved_up(quota, registered, waiting)
	assert chosen == [str(number) for number in range(len(chosen))]  # the first ones, without a gap
	taken = sum(people[: len(chosen)])
	assert not quota or not chosen or registered + taken <= quota
	if quota and len(chosen) < len(people):
		assert registered + taken + people[len(chosen)] > quota  # nobody waits who would fit


@given(st.integers(1, 30), st.lists(st.integers(1, 5), max_size=30))
def test_registrations_never_exceed_the_quota(quota, people):
	registered = waiting = 0
	for count in people:
		if rules.has_room(quota, registered, waiting, count):
			registered += count
		else:
			waiting += count
		assert registered <= quota


def test_without_a_quota_there_is_always_room():
	assert rules.has_room(0, 10_000, 0, 5) and not rules.has_room(5, 3, 1, 1)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(sorted(rules.MONTHS)))
def test_periods_hold_their_day_and_follow_each_other(day, kind):
	label, start, end = rules.period_of(day, kind)
	assert start <= day <= end and start.day == 1 and (end + timedelta(days=1)).day == 1
	assert rules.days_of_period(label) == (start, end)
	_label, _start, last_end = rules.last_period(day, kind)
	assert last_end + timedelta(days=1) == start


@pytest.mark.parametrize("label", ["", "2026Q5", "2026-13", "2026Q", "26Q1", "abcd", "2026-1", "0000"])
def test_what_is_no_period(label):
	assert rules.days_of_period(label) is None


def test_fingerprint_follows_every_figure():
	sections = [{"key": "fees", "rows": [["a", "1.00"]]}]
	same = [{"rows": [["a", "1.00"]], "key": "fees"}]
	other = [{"key": "fees", "rows": [["a", "1.01"]]}]
	assert rules.fingerprint(sections) == rules.fingerprint(same) != rules.fingerprint(other)


@given(st.decimals("0", "9999", places=2), st.decimals("0", "100", places=1))
def test_a_late_cancellation_never_costs_more_than_the_service(amount, percent):
	assert Decimal(0) <= rules.late_charge(amount, percent) <= amount


def test_times_clash_only_on_one_day_and_when_they_overlap():
	nine, ten, eleven = time(9), time(10), time(11)
	assert rules.clash([("Monday", nine, eleven), ("Tuesday", nine, eleven), ("Monday", ten, eleven)]) == (0, 2)
	assert rules.clash([("Monday", nine, ten), ("Monday", ten, eleven)]) is None


def test_booking_and_cancelling_in_time():
	now, start = datetime(2026, 5, 4, 8), datetime(2026, 5, 4, 12)
	assert rules.may_book(now, start, 4, 14) and not rules.may_book(now, start, 5, 14)
	assert not rules.may_book(now, start + timedelta(days=15), 4, 14)
	assert rules.is_late(now, start, 5) and not rules.is_late(now, start, 4)


def test_audience_without_limits_is_everybody():
	assert rules.is_addressed("B1", "Shop", [], [])
	assert not rules.is_addressed("B1", "Shop", ["B2"], [])
	assert not rules.is_addressed("B1", "Shop", ["B1"], ["Dwelling"])
	assert rules.in_force(date(2026, 1, 1), None, date(2030, 1, 1))
	assert not rules.in_force(date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3))
