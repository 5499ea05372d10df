"""Moving-average cost: nothing is lost, nothing is negative (D15)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules.stock_cost import NotEnough, Stock, change, cost_of, quantity_of, share

QUANTITY = st.decimals("0.001", "99999", places=3)
VALUE = st.decimals("0", "9999999", places=2)
STEPS = st.lists(st.tuples(st.booleans(), QUANTITY, VALUE), max_size=40)


@given(STEPS)
def test_the_value_of_the_stock_is_what_came_less_what_went(steps):
	stock, total = Stock(), Decimal(0)
	for comes, quantity, value in steps:
		if comes:
			stock, changed = change(stock, quantity, value)
		else:
			try:
				stock, changed = change(stock, -quantity)
			except NotEnough:
				assert quantity > stock.quantity
				continue
			assert changed <= 0
		total += changed
		assert stock.value == total >= 0
		assert stock.quantity >= 0
		assert stock.quantity or not stock.value


@given(QUANTITY, VALUE, st.lists(QUANTITY, max_size=10))
def test_the_last_piece_takes_the_last_cent(quantity, value, parts):
	stock = Stock(quantity, value)
	for part in parts:
		if part < stock.quantity:
			stock, _value = change(stock, -part)
	stock, _value = change(stock, -stock.quantity)
	assert stock == Stock(Decimal("0.000"), Decimal("0.00"))


@given(QUANTITY, VALUE, QUANTITY, VALUE)
def test_a_receipt_that_is_reversed_at_once_never_was(quantity, value, more, more_value):
	before = Stock(quantity, value)
	after, _value = change(before, more, more_value)
	assert change(after, -more, -more_value) == (before, -more_value)


@given(QUANTITY, VALUE, st.integers(1, 9))
def test_parts_that_come_back_make_up_the_issue(quantity, value, pieces):
	left, returned, back = quantity, Decimal(0), Decimal(0)
	for number in range(pieces):
		part = left if number == pieces - 1 else quantity_of(left / 3)
		if not part:
			continue
		back += share(value, quantity, part, returned, back)
		returned, left = returned + part, left - part
	assert back == value


def test_the_average_of_two_receipts():
	stock, _value = change(Stock(), Decimal(10), Decimal("100.00"))
	stock, _value = change(stock, Decimal(5), Decimal("65.00"))
	assert stock.average == Decimal("11.0000")
	assert cost_of(stock, Decimal(3)) == Decimal("33.00")
	with pytest.raises(NotEnough):
		change(stock, Decimal(-16))
