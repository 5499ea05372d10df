"""Depreciation: exact to the cent at the end of life, whatever method, value and life (D15)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules.depreciation import DOUBLE_DECLINING, NONE, STRAIGHT_LINE, Asset, month, months, months_due

CENTS = st.integers(1, 10**9)
LIFE = st.integers(1, 240)
METHOD = st.sampled_from([STRAIGHT_LINE, DOUBLE_DECLINING])


def money(cents: int) -> Decimal:
	return Decimal(cents).scaleb(-2)


@st.composite
def assets(draw):
	cost = draw(CENTS)
	salvage = draw(st.integers(0, cost))
	return Asset(draw(METHOD), money(cost), Decimal("0.00"), money(salvage), draw(LIFE), 0, money(cost))


@given(assets())
def test_at_the_end_of_life_the_salvage_value_is_left_to_the_cent(asset):
	total, after = months(asset, asset.life)
	assert after.net == asset.salvage
	assert total == asset.cost - asset.salvage
	assert month(after) == (Decimal("0.00"), after)


@given(assets())
def test_no_month_is_negative_or_goes_below_the_salvage_value(asset):
	while asset.left:
		amount, asset = month(asset)
		assert amount >= 0
		assert asset.net >= asset.salvage
		assert amount == amount.quantize(Decimal("0.01"))


@given(assets(), st.integers(0, 300))
def test_months_at_once_are_the_months_one_by_one(asset, count):
	one, total = asset, Decimal(0)
	for _number in range(count):
		amount, one = month(one)
		total += amount
	assert months(asset, count) == (total, one)


@given(assets(), st.integers(0, 239), CENTS)
def test_a_revaluation_is_spread_over_the_rest_of_life(asset, when, value):
	when = min(when, asset.life - 1)
	_total, asset = months(asset, when)
	new = money(value)
	asset = Asset(
		asset.method, asset.cost + new - asset.net, asset.accumulated, asset.salvage, asset.life, asset.done, new
	)
	_total, after = months(asset, asset.left)
	assert after.net == min(new, max(asset.salvage, Decimal(0))) if new < asset.salvage else after.net == asset.salvage


def test_the_straight_line_of_a_computer():
	asset = Asset(STRAIGHT_LINE, Decimal("3600.00"), Decimal("0.00"), Decimal("180.00"), 36)
	assert [month(asset)[0], months(asset, 36)[0]] == [Decimal("95.00"), Decimal("3420.00")]


def test_double_declining_by_the_book():
	"""12,000 yuan, five years, no salvage value: 4,800, 2,880, 1,728, then the rest in two equal years."""
	asset = Asset(DOUBLE_DECLINING, Decimal("12000.00"), Decimal("0.00"), Decimal("0.00"), 60)
	years = []
	for _year in range(5):
		total, asset = months(asset, 12)
		years.append(str(total))
	assert years == ["4800.00", "2880.00", "1728.00", "1296.00", "1296.00"]


def test_without_depreciation_nothing_changes():
	asset = Asset(NONE, Decimal("100.00"), Decimal("0.00"), Decimal("0.00"), 0)
	assert months(asset, 12) == (Decimal("0.00"), asset)


@pytest.mark.parametrize(
	("start", "until", "done", "due"),
	[
		("2024-01", "2024-01", 0, 0),
		("2024-01", "2024-02", 0, 1),
		("2023-12", "2024-03", 1, 2),
		("2024-01", "2023-01", 0, 0),
		("2000-01", "2024-01", 10, 26),
		("2024-01", "2024-03", 5, 0),
	],
)
def test_depreciation_begins_in_the_month_after_use(start, until, done, due):
	assert months_due(start, until, done, 36) == due
