"""Rules of custody (D20, L20)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import custody_rules as rules

DAY = date(2026, 3, 1)


@given(st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=12), st.text(max_size=8))
def test_only_the_very_code_of_the_very_item_fits(code, item, other):
	stored = rules.hash_code("secret", item, code)
	assert rules.code_fits("secret", item, code, stored)
	assert code not in stored or len(code) < 5
	if other != code:
		assert not rules.code_fits("secret", item, other, stored)
	assert not rules.code_fits("secret", item + "1", code, stored)
	assert not rules.code_fits("other", item, code, stored)
	assert not rules.code_fits("secret", item, code, None)


def test_codes_are_six_digits_and_differ():
	codes = {rules.new_code() for _ in range(200)}
	assert all(rules.CODE.fullmatch(code) for code in codes)
	assert len(codes) > 150


@pytest.mark.parametrize(
	("scanned", "number", "carrier"),
	[
		("sf1234567890123", "SF1234567890123", "顺丰"),
		(" JD 0012345678901 ", "JD0012345678901", "京东"),
		("EA123456789CN", "EA123456789CN", "EMS"),
		("ABCDEF", "ABCDEF", None),
		("123", None, None),
		("包裹一", None, None),
		("", None, None),
	],
)
def test_numbers_are_read_as_scanned(scanned, number, carrier):
	assert rules.normalise_tracking(scanned) == number
	if number:
		assert rules.carrier_of(number) == carrier


@given(st.integers(0, 400), st.integers(0, 30), st.decimals(0, 100, places=2, allow_nan=False))
def test_the_free_days_cost_nothing_and_each_further_day_the_rate(days, free, rate):
	charge = rules.keeping_charge(DAY, DAY + timedelta(days=days), free, rate)
	assert charge == rate * max(days - free, 0)


def test_the_declared_value_limits_the_compensation():
	assert rules.compensation_limit(Decimal(100), Decimal(250)) == 100
	assert rules.compensation_limit(Decimal(0), Decimal(250)) == 250
	assert rules.compensation_limit(Decimal(300), Decimal(250)) == 250


@pytest.mark.parametrize(("days", "group"), [(0, "0–1"), (1, "0–1"), (3, "2–3"), (7, "4–7"), (8, "8–14"), (15, "15+")])
def test_ages_fall_into_groups(days, group):
	assert rules.age_group(days) == group


@pytest.mark.parametrize(
	("expected", "found", "found_shelf", "difference"),
	[
		(True, "Here", None, ""),
		(True, "Here", "S1", ""),
		(True, "Here", "S2", "Wrong Shelf"),
		(True, "Missing", None, "Missing"),
		(False, "Here", None, "Not Expected"),
		(False, "Missing", None, ""),
	],
)
def test_a_count_tells_what_differs(expected, found, found_shelf, difference):
	assert rules.count_difference(expected, "S1", found, found_shelf) == difference
