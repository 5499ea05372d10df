"""Depreciation by month: straight line, double declining balance, none; exact to the cent at the end of life (D15)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kefu_property.rules.money import round_money

STRAIGHT_LINE, DOUBLE_DECLINING, NONE = "Straight Line", "Double Declining", "None"
ZERO = Decimal("0.00")
#: double declining goes over to the straight line for the last two years of life
LAST_MONTHS = 24


@dataclass(frozen=True)
class Asset:
	"""What depreciation needs of an asset; money in yuan, `life` and `done` in months.

	`year_opening` is the net value at the start of the present year of use; double declining computes from it.
	"""

	method: str
	cost: Decimal
	accumulated: Decimal
	salvage: Decimal
	life: int
	done: int = 0
	year_opening: Decimal = ZERO

	@property
	def net(self) -> Decimal:
		return self.cost - self.accumulated

	@property
	def left(self) -> int:
		"""Months of life that are left; none when nothing is depreciated."""
		return 0 if self.method == NONE else max(self.life - self.done, 0)


def month(asset: Asset) -> tuple[Decimal, Asset]:
	"""Depreciation of the next month and the asset after it. Never below the salvage value, never negative.

	The straight line spreads what is left over the months that are left, so that the last month takes the last cent and a
	revaluation is spread over the rest of life.
	"""
	if not asset.left:
		return ZERO, asset
	rest = max(asset.net - asset.salvage, ZERO)
	opening = asset.net if asset.done % 12 == 0 else asset.year_opening
	if asset.method == STRAIGHT_LINE or asset.left <= LAST_MONTHS:
		amount = rest if asset.left == 1 else round_money(rest / asset.left)
	else:
		# a yearly rate of two divided by the years of life, a twelfth of it each month
		amount = round_money(opening * 2 / asset.life)
	amount = min(amount, rest)
	return amount, replace(asset, accumulated=asset.accumulated + amount, done=asset.done + 1, year_opening=opening)


def months(asset: Asset, count: int) -> tuple[Decimal, Asset]:
	"""Depreciation of `count` months together, and the asset after them."""
	total = ZERO
	for _number in range(min(count, asset.left)):
		amount, asset = month(asset)
		total += amount
	return total, asset


def months_due(in_use_from: str, until: str, done: int, life: int) -> int:
	"""Months (texts as 2024-06) to depreciate up to `until`: from the month after use began, at most to the end of life."""

	def number(text: str) -> int:
		year, _dash, part = text.partition("-")
		return int(year) * 12 + int(part)

	return max(min(number(until) - number(in_use_from), life) - done, 0)
