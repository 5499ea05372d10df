"""Rules of a budget item (S1)."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import budget_rules as rules

money = st.decimals(0, 1_000_000, places=2)
percents = st.integers(1, 150).map(Decimal)
ORDER = ["ok", "warn", "block"]


@given(money, money, money, percents, percents)
def test_more_use_never_lowers_the_level(amount, used, more, warn, block):
	before, after = rules.level(amount, used, warn, block), rules.level(amount, used + more, warn, block)
	assert ORDER.index(before) <= ORDER.index(after)
	assert (before == "block") == (used > amount * block / 100)


@given(money, money)
def test_without_limits_nothing_is_blocked(amount, used):
	assert rules.level(amount, used, Decimal(0), Decimal(0)) == "ok"


@given(money, money)
def test_a_commitment_gives_back_what_is_spent_of_it(commitment, spending):
	released = rules.release(commitment, spending)
	assert 0 <= released <= commitment and released <= spending
	assert rules.available(Decimal(500), commitment - released, spending) <= Decimal(500) - spending


def test_the_block_begins_beyond_its_limit():
	limits = (Decimal(80), Decimal(100))
	assert [rules.level(Decimal(1000), Decimal(used), *limits) for used in (799, 800, 1000, 1001)] == [
		"ok",
		"warn",
		"warn",
		"block",
	]
