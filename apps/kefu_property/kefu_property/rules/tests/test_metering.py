"""Meters and tiers: what is divided always adds up, a register never counts backwards unless it says so."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import metering
from kefu_property.rules.metering import Tier
from kefu_property.rules.periods import ONE_DAY, Span, cut

quantities = st.decimals("0", "99999", places=3)
registers = st.decimals("0", "999999", places=2)
days = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31))


@given(registers, registers, st.sampled_from([Decimal(1), Decimal(30), Decimal("0.5")]))
def test_consumption_is_the_difference_times_the_multiplier(before, after, multiplier):
	if after < before:
		with pytest.raises(metering.LowerReading):
			metering.usage(before, after, multiplier)
		return
	found = metering.usage(before, after, multiplier)
	assert found.base == after
	assert abs(found.consumption - (after - before) * multiplier) <= Decimal("0.0005")


@given(registers, registers)
def test_a_register_that_rolled_over_counts_through_zero(before, after):
	found = metering.usage(before, after, rolled_over=True)
	assert found.consumption == metering.largest(6) - before + after
	assert found.base == after


@given(registers, st.decimals("0", "500", places=2), st.decimals("0", "900", places=2))
def test_an_estimate_that_was_too_high_is_used_up_before_anything_is_charged(start, estimated, later):
	"""Estimate, then two true readings: in the end exactly the true consumption has been charged, or the estimate when it is more."""
	guess = metering.usage(start, min(start + estimated, Decimal("999999")))
	first_true = min(start + later / 2, Decimal("999999"))
	second_true = min(start + later, Decimal("999999"))
	one = metering.usage(guess.base, first_true, base_estimated=True)
	two = metering.usage(one.base, second_true, base_estimated=one.base == guess.base)
	charged = guess.consumption + one.consumption + two.consumption
	assert abs(charged - max(guess.base, second_true, first_true) + start) <= Decimal("0.002")


def test_more_digits_than_the_register_has():
	with pytest.raises(metering.TooManyDigits):
		metering.usage(Decimal(1), Decimal(100000), digits=5)
	with pytest.raises(metering.TooManyDigits):
		metering.usage(Decimal(1), Decimal(-1))


@given(quantities, days, st.integers(1, 90), st.lists(st.integers(0, 120), max_size=5))
def test_any_division_over_days_adds_up(total, start, length, cuts):
	window = Span(start, start + (length - 1) * ONE_DAY)
	period = Span(start - 10 * ONE_DAY, window.end + 5 * ONE_DAY)
	parts = [
		metering.part_of(total, window, span) for span in cut(period, [period.start + day * ONE_DAY for day in cuts])
	]
	assert sum(parts) == total
	assert all(part >= 0 for part in parts)


tiers = st.lists(st.decimals("1", "200", places=1), min_size=0, max_size=4).map(
	lambda steps: [
		*(
			Tier(sum(steps[: n + 1], Decimal(0)), Decimal(1) + Decimal(n) / 2, Decimal("0.1") * n)
			for n in range(len(steps))
		),
		Tier(None, Decimal(3), Decimal(0)),
	]
)


@given(quantities, tiers, quantities)
def test_tiers_add_up_and_rise(quantity, steps, used):
	metering.check_tiers(steps)
	parts = metering.divide(quantity, steps, used)
	assert sum(part for _n, _tier, part in parts) == quantity
	assert [n for n, _tier, _part in parts] == sorted({n for n, _tier, _part in parts})


@given(quantities, quantities, tiers)
def test_two_months_of_a_year_cost_what_one_would(first, second, steps):
	def cost(parts):
		return sum(tier.price(Decimal("2.5")) * part for _n, tier, part in parts)

	together = cost(metering.divide(first + second, steps))
	apart = cost(metering.divide(first, steps)) + cost(metering.divide(second, steps, used=first))
	assert together == apart


@pytest.mark.parametrize(
	"limits", [[], [None, None], [Decimal(10)], [Decimal(10), Decimal(10), None], [Decimal(0), None]]
)
def test_tiers_that_do_not_rise(limits):
	with pytest.raises(ValueError):
		metering.check_tiers([Tier(limit, Decimal(1), Decimal(0)) for limit in limits])


def test_jumps():
	steady = [Decimal(10), Decimal(11), Decimal(9)]
	assert metering.is_jump(Decimal(40), steady)
	assert metering.is_jump(Decimal(0), steady)
	assert not metering.is_jump(Decimal(20), steady)
	assert not metering.is_jump(Decimal(900), [Decimal(1)])
