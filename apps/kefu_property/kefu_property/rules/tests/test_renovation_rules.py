"""Rules of renovation: risk, money, days and clocks."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import renovation_rules as rules

money = st.decimals(min_value=0, max_value=100_000, places=2)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def test_the_highest_risk_counts():
	assert rules.risk_of(["Low", "High", "Medium"]) == "High"
	assert rules.risk_of(["Low", None]) == rules.risk_of([]) == "Low"


@given(days, days, days, days)
def test_periods_overlap_when_they_share_a_day(a, b, c, d):
	a, b = sorted((a, b))
	c, d = sorted((c, d))
	assert rules.overlaps(a, b, c, d) == rules.overlaps(c, d, a, b) == (max(a, c) <= min(b, d))


@given(money, money)
def test_the_deposit_keeps_to_the_cap(amount, cap):
	deposit = rules.deposit(amount, cap)
	assert deposit <= amount and (deposit <= cap or cap == 0)


def test_the_refuse_fee_is_area_times_price():
	assert rules.refuse_fee("89.53", "3") == Decimal("268.59")


@given(money, st.lists(money, max_size=5))
def test_refund_and_deductions_make_the_deposit_or_nothing_is_left(deposit, deductions):
	left = rules.refund(deposit, deductions)
	assert left == max(deposit - sum(deductions, Decimal(0)), Decimal(0))


@given(days, st.integers(-1, 30), days)
def test_the_next_patrol_is_later_and_within_the_permit(last, every, end):
	following = rules.next_patrol(last, every, end)
	assert last <= following <= max(end, last)


def test_alerts_at_half_and_full_time():
	found = datetime(2026, 3, 1, 10)
	due = rules.report_due(found, 24)
	assert [rules.alert_level(found + timedelta(hours=hours), found, due) for hours in (0, 11, 12, 23, 24)] == [
		0,
		0,
		1,
		1,
		2,
	]


def test_a_water_test_lasts_its_hours():
	start = datetime(2026, 3, 1, 10)
	assert rules.water_test_long_enough(start, start + timedelta(hours=24), 24)
	assert not rules.water_test_long_enough(start, start + timedelta(hours=23, minutes=59), 24)
