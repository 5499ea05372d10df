"""Rules of duty rosters and handovers (D11)."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import duty_rules as rules

days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
cycles = st.lists(st.sampled_from(["D", "N", "-"]), min_size=1, max_size=8)
hours = st.integers(0, 23).map(lambda hour: timedelta(hours=hour))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1))


def test_a_cycle_is_read_from_text():
	assert rules.parse_cycle(" D D  N - ") == ["D", "D", "N", "-"]
	assert rules.parse_cycle(None) == []


@given(cycles, st.integers(1, 6), st.integers(0, 5), days)
def test_everybody_walks_the_cycle(cycle, people, stagger, day):
	starts = rules.positions(people, stagger, len(cycle))
	plan = rules.month_plan(cycle, starts, day)
	assert len(plan) == people and {len(row) for row in plan} == {len(rules.days_of_month(day))}
	for start, row in zip(starts, plan, strict=True):
		assert row[0] == cycle[start - 1]
		assert all(row[number] == row[number + len(cycle)] for number in range(len(row) - len(cycle)))


@given(days, hours, hours)
def test_a_shift_is_between_a_moment_and_a_day_long(day, start, end):
	begin, finish = rules.shift_times(day, start, end)
	assert begin.date() == day and timedelta(0) < finish - begin <= timedelta(days=1)


@given(st.lists(st.tuples(st.sampled_from("ab"), moments, st.integers(1, 900)), max_size=7))
def test_clashes_are_found_when_and_only_when_two_spans_share_time(rows):
	spans = [(person, begin, begin + timedelta(minutes=length)) for person, begin, length in rows]
	some = any(
		one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
		for number, one in enumerate(spans)
		for other in spans[:number]
	)
	assert bool(rules.clashes(spans)) == some


def test_shifts_without_enough_people_are_named():
	first, second = date(2026, 3, 1), date(2026, 3, 2)
	slots = [(first, "D"), (first, "N"), (second, "D")]
	assert rules.uncovered([second, first], ["D", "N"], slots, 1) == [(second, "N", 1)]


@given(moments, st.integers(0, 300), st.integers(0, 100), st.integers(0, 200))
def test_lateness_grows_with_time(due, waited, supervisor, director):
	level = rules.late_level(due, due + timedelta(minutes=waited), supervisor, director)
	assert (level >= 1) == (waited > supervisor)
	assert level <= rules.late_level(due, due + timedelta(minutes=waited + 1), supervisor, director) <= 2
