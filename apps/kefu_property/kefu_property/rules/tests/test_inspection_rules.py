"""Rules of facilities and inspection (D5, D26, L19, L23)."""

from datetime import date, time, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import inspection_rules as rules

DAY = st.dates(date(2020, 1, 1), date(2030, 12, 31))
WEEKDAYS = rules.working_days(True, {})


def always(_day):
	return True


@given(DAY, st.sampled_from(rules.FREQUENCIES), st.integers(1, 4), st.sampled_from(rules.CALENDAR_RULES))
def test_a_longer_window_only_adds_days(start, frequency, every, rule):
	first, last = start + timedelta(days=20), start + timedelta(days=400)
	whole = rules.schedule(start, frequency, every, rule, WEEKDAYS, start, last)
	part = rules.schedule(start, frequency, every, rule, WEEKDAYS, first, last)
	assert part == [day for day in whole if day >= first]
	assert whole == sorted(set(whole))
	if rule != rules.KEEP:
		assert all(WEEKDAYS(day) for day in whole)


def test_days_off_are_kept_skipped_or_shifted():
	saturday, last = date(2026, 10, 3), date(2026, 10, 31)
	holidays = rules.working_days(
		True, {date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 10, 10): True}
	)

	def days(rule):
		return rules.schedule(saturday, "Weekly", 1, rule, holidays, saturday, last)

	assert [day.day for day in days(rules.KEEP)] == [3, 10, 17, 24, 31]
	assert [day.day for day in days(rules.SKIP)] == [10]
	assert [day.day for day in days(rules.NEXT)] == [8, 10, 19, 26]
	assert [day.day for day in days(rules.PREVIOUS)] == [10, 16, 23, 30]
	assert rules.placed(saturday, rules.NEXT, lambda day: False) == saturday


def test_months_keep_the_day_of_the_month():
	days = rules.schedule(date(2024, 1, 31), "Monthly", 1, rules.KEEP, always, date(2024, 1, 1), date(2024, 4, 30))
	assert days == [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]
	assert rules.schedule(date(2024, 2, 29), "Yearly", 1, rules.KEEP, always, date(2025, 1, 1), date(2028, 12, 31)) == [
		date(2025, 2, 28),
		date(2026, 2, 28),
		date(2027, 2, 28),
		date(2028, 2, 29),
	]
	with pytest.raises(ValueError, match="Hourly"):
		rules.schedule(date(2024, 1, 1), "Hourly", 1, rules.KEEP, always, date(2024, 1, 1), date(2024, 1, 2))


@pytest.mark.parametrize(
	("item", "answer", "outcome"),
	[
		({"answer_type": "Yes or No"}, "Yes", "OK"),
		({"answer_type": "Yes or No"}, "No", "Problem"),
		({"answer_type": "Measured Value", "min_value": 0.2, "max_value": 0.5}, "0.35", "OK"),
		({"answer_type": "Measured Value", "min_value": 0.2, "max_value": 0.5}, "0.19", "Problem"),
		({"answer_type": "Measured Value", "min_value": 0.2, "max_value": 0.5}, "0.51", "Problem"),
		({"answer_type": "Measured Value"}, "-3", "OK"),
		({"answer_type": "Meter Reading"}, "120.5", "OK"),
		({"answer_type": "Choice", "choices": "Green\n!Red\n！ Yellow"}, "Green", "OK"),
		({"answer_type": "Choice", "choices": "Green\n!Red\n！ Yellow"}, "Yellow", "Problem"),
		({"answer_type": "Score", "max_value": 20, "min_value": 12}, "20", "OK"),
		({"answer_type": "Score", "max_value": 20, "min_value": 12}, "11", "Problem"),
	],
)
def test_answers_are_judged(item, answer, outcome):
	assert rules.judge(item, answer)[0] == outcome


@pytest.mark.parametrize(
	("item", "answer"),
	[
		({"answer_type": "Yes or No"}, "perhaps"),
		({"answer_type": "Measured Value"}, "warm"),
		({"answer_type": "Measured Value"}, ""),
		({"answer_type": "Measured Value"}, "NaN"),
		({"answer_type": "Meter Reading"}, "-1"),
		({"answer_type": "Choice", "choices": "Green\n!Red"}, "Blue"),
		({"answer_type": "Score", "max_value": 20}, "21"),
		({"answer_type": "Score"}, "11"),
	],
)
def test_answers_of_another_kind_are_refused(item, answer):
	with pytest.raises(rules.AnswerInvalid):
		rules.judge(item, answer)


@given(st.lists(st.tuples(st.integers(0, 10), st.just(10)), min_size=1))
def test_a_score_is_a_percentage(points):
	value = rules.score((Decimal(got), Decimal(top)) for got, top in points)
	assert 0 <= value <= 100


def test_scores_and_places():
	assert rules.score([]) is None
	assert rules.score([(Decimal(8), Decimal(10)), (Decimal(15), Decimal(20))]) == Decimal("76.7")
	assert rules.ranked([Decimal(9), Decimal(8), Decimal(8), Decimal(7)]) == [1, 2, 2, 4]


@given(DAY, st.integers(0, 800), st.integers(1, 100_000), st.sampled_from(["Once", *rules.MONTHS]))
def test_rent_covers_the_time_without_gap(start, days, rent, period):
	end = start + timedelta(days=days)
	rows = rules.rent_schedule(start, end, rent, period)
	assert rows[0][0].start == start and rows[-1][0].end == end
	for (before, _amount), (after, _next) in pairwise(rows):
		assert after.start == before.end + timedelta(days=1)
	assert all(0 <= amount <= rent for _span, amount in rows)
	assert all(amount == rent for _span, amount in rows[:-1])


def test_a_part_of_a_period_costs_its_days():
	rows = rules.rent_schedule(date(2026, 1, 1), date(2026, 4, 15), "9000", "Quarterly")
	assert [amount for _span, amount in rows] == [Decimal("9000.00"), Decimal("1483.52")]


@given(st.lists(st.decimals(0, 10_000, places=2), max_size=8), st.decimals(0, 20_000, places=2))
def test_receipts_cover_the_oldest_rent_first(amounts, received):
	covered = rules.allocated(amounts, received)
	assert sum(covered) == min(sum(amounts), received)
	assert all(part <= amount for part, amount in zip(covered, amounts, strict=True))
	short = [part < amount for part, amount in zip(covered, amounts, strict=True)]
	first = short.index(True) if True in short else len(short)
	assert not any(covered[first + 1 :])


def test_slots_fill_the_opening_hours():
	assert rules.slots(time(9), time(12, 30), 60) == [
		(time(9), time(10)),
		(time(10), time(11)),
		(time(11), time(12)),
	]
	assert rules.slots(time(9), time(12), 0) == []
	assert not rules.times_overlap(time(9), time(10), time(10), time(11))
	assert rules.times_overlap(time(9), time(10), time(9, 59), time(11))


def test_life_of_a_facility():
	assert rules.end_of_life(date(2020, 2, 29), 15) == date(2035, 2, 28)
	assert rules.end_of_life(None, 15) is None and rules.end_of_life(date(2020, 1, 1), 0) is None
