from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import dormitory_rules as rules

D = Decimal
START, END = date(2026, 3, 1), date(2026, 3, 31)
cents = st.integers(0, 10_000_000).map(lambda number: D(number) / 100)
days = st.lists(st.integers(0, 31), min_size=1, max_size=12)
day = st.integers(-60, 60).map(lambda number: START + timedelta(days=number))


@given(cents, days)
def test_shares_add_up_to_the_whole_and_follow_the_days(amount, stayed):
	if not any(stayed):
		assert rules.share(0, stayed) == [0] * len(stayed)
		with pytest.raises(ValueError, match="nobody"):
			rules.share(amount + 1, stayed)
		return
	parts = rules.share(amount, stayed)
	assert sum(parts) == amount
	for part, number in zip(parts, stayed, strict=True):
		assert abs(part - amount * number / sum(stayed)) < D("0.01")
		assert number or not part


@given(cents, st.sampled_from(["0", "0.5380", "4.15"]), st.sampled_from(["0", "3", "20"]), st.integers(0, 186))
def test_company_and_staff_bear_the_whole_cost(used, price, free, person_days):
	charge = rules.room_charge(used, price, free, person_days, 31)
	assert charge.company + charge.staff == charge.total and charge.company >= 0 and charge.staff >= 0
	assert person_days or charge.staff == 0


def test_what_is_free_is_borne_by_the_company():
	# two persons all month: 2 × 3 t are free of 10 t
	assert rules.room_charge("10", "4", "3", 62, 31) == (D("40.00"), D("24.00"), D("16.00"))
	assert rules.room_charge("5", "4", "3", 62, 31).staff == 0
	assert rules.share("16", [31, 10]) == [D("12.10"), D("3.90")]


@given(day, day, day)
def test_a_transfer_counts_each_day_once(moved_in, moved_over, left):
	moved_in, moved_over, left = sorted((moved_in, moved_over, left))
	whole = rules.days_stayed(moved_in, left, START, END)
	first = rules.days_stayed(moved_in, moved_over, START, END)
	assert first + rules.days_stayed(moved_over, left, START, END) == whole
	assert 0 <= whole <= 31


def test_days_at_the_edges():
	assert rules.days_stayed(START, None, START, END) == 31
	assert rules.days_stayed(START, START, START, END) == 0
	assert rules.days_stayed(END, None, START, END) == 1
	assert rules.days_stayed(date(2026, 4, 1), None, START, END) == 0
	assert rules.rent("310", 10, 31) == D("100.00")


@given(cents, cents)
def test_settlement_loses_no_cent(held, damages):
	taken, to_pay, refund = rules.settle(held, damages)
	assert taken + refund == held and taken + to_pay == damages and min(taken, to_pay, refund) >= 0
	assert not (to_pay and refund)


@pytest.mark.parametrize(
	("rank", "lowest", "fits"),
	[
		("Staff", None, True),
		(None, None, True),
		("Staff", "Team Lead", False),
		("Manager", "Staff", True),
		(None, "Staff", False),
	],
)
def test_rank(rank, lowest, fits):
	assert rules.rank_fits(rank, lowest) is fits


def test_gender():
	assert rules.gender_fits("Male", "Male") and not rules.gender_fits("Female", "Male")
	assert rules.gender_fits("Female", "Couple") and not rules.gender_fits(None, "Male")


def test_places_of_equal_scores():
	assert rules.places([90, 95.5, 90, 60]) == [2, 1, 2, 4] and rules.places([]) == []
