"""The dunning ladder (L1, L2)."""

import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules.dunning import ACTIONS, Past, Step, next_step
from kefu_property.rules.periods import ONE_DAY

DUE = datetime.date(2026, 1, 15)
LADDER = [Step(action, 10 * number, Decimal(50), 7) for number, action in enumerate(ACTIONS, 1)]


def day(count: int) -> datetime.date:
	return DUE + ONE_DAY * count


def test_it_begins_when_the_debt_is_old_and_large_enough():
	assert next_step(LADDER, DUE, Decimal(100), day(9), None) is None
	assert next_step(LADDER, DUE, Decimal(100), day(10), None) == 1
	assert next_step(LADDER, DUE, Decimal("49.99"), day(100), None) is None


def test_a_step_rests_before_the_next_and_none_is_left_out():
	assert next_step(LADDER, DUE, Decimal(100), day(500), None) == 1
	assert next_step(LADDER, DUE, Decimal(100), day(25), Past(1, day(20))) is None
	assert next_step(LADDER, DUE, Decimal(100), day(27), Past(1, day(20))) == 2


def test_the_ladder_ends_with_the_letter_of_a_lawyer():
	assert ACTIONS[-1] == "Legal Letter"
	assert next_step(LADDER, DUE, Decimal(100), day(900), Past(5, day(400))) is None


def test_a_new_debt_begins_below():
	assert next_step(LADDER, DUE, Decimal(100), day(100), Past(4, day(-1))) == 1


@given(st.lists(st.integers(1, 60), max_size=60))
def test_steps_taken_on_any_days_come_in_order_one_at_a_time(gaps):
	past, today, taken = None, DUE, []
	for gap in gaps:
		today += ONE_DAY * gap
		number = next_step(LADDER, DUE, Decimal(100), today, past)
		if number:
			assert not past or (today - past.day).days >= 7
			assert (today - DUE).days >= LADDER[number - 1].after_days
			taken.append(number)
			past = Past(number, today)
	assert taken == list(range(1, len(taken) + 1))
