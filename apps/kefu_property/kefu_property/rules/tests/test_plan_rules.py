"""Rules of goals and their roll-up (S1)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import plan_rules as rules

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
kinds = st.sampled_from(rules.KINDS)
amounts = st.decimals(0, 10_000, places=2)
percents = st.decimals(0, 100, places=2)


@given(kinds, days)
def test_periods_hold_their_day_and_follow_each_other(kind, day):
	start, end = rules.period_of(kind, day)
	assert start <= day <= end and rules.period_of(kind, end) == (start, end)
	before = rules.period_before(kind, start)
	assert before[1] + timedelta(days=1) == start and rules.period_of(kind, before[0]) == before


@given(kinds, kinds, days)
def test_a_part_has_a_period_that_is_not_longer(kind, above, day):
	part, whole = rules.period_of(kind, day), rules.period_of(above, day)
	assert rules.may_be_part(kind, *part, above, *whole) == (rules.KINDS.index(kind) >= rules.KINDS.index(above))


@pytest.mark.parametrize(("name", "parent", "circle"), [("a", "c", True), ("a", "a", True), ("d", "c", False)])
def test_circles(name, parent, circle):
	assert rules.makes_circle({"a": None, "b": "a", "c": "b", "d": None}, name, parent) == circle


@given(amounts, amounts, st.sampled_from(["Higher", "Lower"]))
def test_progress_is_a_percentage_and_full_when_the_target_is_met(actual, target, better):
	value = rules.progress(actual, target, better)
	assert 0 <= value <= 100
	met = actual >= target if better == "Higher" else actual <= target
	assert value == 100 if met else value <= 100


def test_progress_towards_a_target():
	assert rules.progress(Decimal(90), Decimal(96)) == Decimal("93.75")
	assert rules.progress(Decimal(40), Decimal(30), "Lower") == Decimal("75.00")
	assert rules.progress(None, Decimal(5)) == 0


@given(st.lists(st.tuples(amounts, percents), min_size=1, max_size=6))
def test_a_roll_up_lies_between_its_parts(parts):
	values = [value for weight, value in parts if weight] or [value for _weight, value in parts]
	cent = Decimal("0.01")
	assert min(values) - cent <= rules.roll_up(parts) <= max(values) + cent


@given(st.lists(percents, min_size=1, max_size=5), st.lists(percents, min_size=1, max_size=5))
def test_a_tree_rolls_up_level_by_level(first, second):
	parents: dict = {"year": None, "q1": "year", "q2": "year"}
	leaves = {}
	for quarter, values in (("q1", first), ("q2", second)):
		for number, value in enumerate(values):
			parents[f"{quarter}-{number}"] = quarter
			leaves[f"{quarter}-{number}"] = value
	found = rules.roll_up_tree(parents, {}, leaves)
	assert found["year"] == rules.roll_up([(Decimal(1), found["q1"]), (Decimal(1), found["q2"])])
	assert found["q1"] == rules.roll_up([(Decimal(1), value) for value in first])


@given(percents, days, st.integers(0, 400), days)
def test_the_course_of_a_goal(value, start, length, today):
	end = start + timedelta(days=length)
	course = rules.course(value, start, end, today)
	assert (course == "Achieved") == (value >= 100)
	assert (course == "Not Achieved") == (value < 100 and today > end)
	assert today >= start or course in ("Achieved", "On Track")
