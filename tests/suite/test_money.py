"""Money is exact, property by property (invariant 1)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules.money import D, NotAnAmount, round_money, split, sum_money

cents = st.integers(min_value=-(10**12), max_value=10**12).map(lambda n: Decimal(n).scaleb(-2))
weights = st.lists(
	st.decimals(min_value=0, max_value=10_000, places=3, allow_nan=False), min_size=1, max_size=60
).filter(lambda rows: sum(rows) > 0)


def test_area_times_price_as_the_owner_would_compute_it():
	assert round_money(D("0.15") * D("130.70")) == Decimal("19.61")


def test_a_float_is_taken_at_its_shortest_form():
	assert D(0.1) + D(0.2) == Decimal("0.3")


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-inf", "1e309", "", "twelve", "1.2.3", "0x10", True])
def test_what_is_not_an_amount_is_refused(text):
	with pytest.raises(NotAnAmount):
		D(text)


def test_full_width_digits_and_thousands_marks_are_read():
	assert D("１２３") == 123
	assert D("1,234.50") == Decimal("1234.50")


@pytest.mark.parametrize(
	("unit", "mode", "expected"),
	[
		("0.01", "half_up", "12.35"),
		("0.1", "half_up", "12.30"),
		("1", "half_up", "12.00"),
		("1", "up", "13.00"),
		("0.1", "down", "12.30"),
	],
)
def test_rounding_follows_the_tariff(unit, mode, expected):
	assert round_money("12.345", unit, mode) == Decimal(expected)


def test_hundred_yuan_over_seven_homes():
	parts = split("100.00", [1] * 7)
	assert sum(parts) == Decimal("100.00")
	assert max(parts) - min(parts) == Decimal("0.01")


@given(cents, weights)
def test_parts_always_add_up_and_stay_within_a_cent_of_their_share(total, rows):
	parts = split(total, rows)
	assert sum(parts) == total
	for part, weight in zip(parts, rows, strict=True):
		assert abs(part - total * weight / sum(rows)) < Decimal("0.01")
		assert weight or not part


@given(st.lists(cents, max_size=50))
def test_a_sum_of_cents_is_exact(amounts):
	assert sum_money(amounts) * 100 == sum(int(amount * 100) for amount in amounts)


@given(cents, st.sampled_from(["0.01", "0.1", "1"]), st.sampled_from(["half_up", "half_even", "up", "down"]))
def test_rounding_is_stable_and_near(amount, unit, mode):
	rounded = round_money(amount, unit, mode)
	assert round_money(rounded, unit, mode) == rounded
	assert abs(rounded - amount) < D(unit)


@pytest.mark.parametrize("rows", [[], [0, 0], [1, -1]])
def test_weights_that_cannot_share_are_refused(rows):
	with pytest.raises(ValueError, match="weights"):
		split("1.00", rows)
