"""Meters: consumption between readings, its division over days and tiers. Quantities have three decimals and always add up."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from kefu_property.rules.periods import ONE_DAY, Span
from kefu_property.rules.tariffs import decimal_of

THOUSANDTH = Decimal("0.001")


class LowerReading(ValueError):
	"""The register shows less than before and has not rolled over. `args` = (before, now)."""


class TooManyDigits(ValueError):
	"""The register cannot show this value. `args` = (value, largest value)."""


class Usage(NamedTuple):
	"""`consumption` to charge and `base`, the value from which the next reading counts."""

	consumption: Decimal
	base: Decimal


def largest(digits: int) -> Decimal:
	"""What a register of so many whole digits shows at most, as a bound: 10^digits."""
	return Decimal(10) ** digits


def usage(
	base: Decimal,
	value: Decimal,
	multiplier: Decimal = Decimal(1),
	digits: int = 6,
	rolled_over: bool = False,
	base_estimated: bool = False,
) -> Usage:
	"""Consumption of one reading over the base that the one before left.

	A true reading below an estimated base charges nothing and leaves the base: what was charged too early is used up first.
	Raises LowerReading, TooManyDigits.
	"""
	if value < 0 or value >= largest(digits):
		raise TooManyDigits(value, largest(digits))
	if rolled_over:
		return Usage(_thousandths((largest(digits) - base + value) * multiplier), value)
	if value < base:
		if base_estimated:
			return Usage(Decimal("0.000"), base)
		raise LowerReading(base, value)
	return Usage(_thousandths((value - base) * multiplier), value)


def _thousandths(value: Decimal) -> Decimal:
	return value.quantize(THOUSANDTH, rounding=ROUND_HALF_UP)


def is_jump(consumption: Decimal, earlier: Sequence[Decimal], times: Decimal = Decimal(3)) -> bool:
	"""True when a consumption is more than `times` the mean of earlier ones, or nothing after steady use."""
	if len(earlier) < 2:
		return False
	mean = sum(earlier, Decimal(0)) / len(earlier)
	return mean > 0 and (consumption > mean * times or consumption == 0)


def part_of(total: Decimal, window: Span, span: Span) -> Decimal:
	"""The part of `total` that falls to `span` when it is spread evenly over the days of `window`.

	Parts of consecutive spans that cover the window sum to the total exactly: each is a difference of rounded running totals.
	"""
	return _until(total, window, span.end) - _until(total, window, span.start - ONE_DAY)


def _until(total: Decimal, window: Span, day: datetime.date) -> Decimal:
	if day < window.start:
		return Decimal(0)
	if day >= window.end:
		return total
	share = Fraction((day - window.start).days + 1, window.days)
	return decimal_of(Fraction(total) * share).quantize(
		THOUSANDTH if total.as_tuple().exponent <= -3 else Decimal("0.01"), rounding=ROUND_HALF_UP
	)


class Tier(NamedTuple):
	"""One step of a tiered price: up to `limit` (None = no end) at price × `ratio` + `extra`."""

	limit: Decimal | None
	ratio: Decimal
	extra: Decimal

	def price(self, basis: Decimal) -> Decimal:
		return (basis * self.ratio + self.extra).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP).normalize()


def check_tiers(tiers: Sequence[Tier]) -> None:
	"""Raises ValueError unless limits rise and only the last tier has none."""
	if not tiers or tiers[-1].limit is not None or any(tier.limit is None for tier in tiers[:-1]):
		raise ValueError("only the last tier has no limit")
	limits = [Decimal(0), *(tier.limit for tier in tiers[:-1])]
	if any(b <= a for a, b in itertools.pairwise(limits)):
		raise ValueError("limits must rise")


def divide(quantity: Decimal, tiers: Sequence[Tier], used: Decimal = Decimal(0)) -> list[tuple[int, Tier, Decimal]]:
	"""(number from 1, tier, quantity in it) of a quantity that follows `used` in the same month or year. Parts sum to the quantity."""
	result, position, left = [], used, quantity
	for number, tier in enumerate(tiers, 1):
		if left <= 0:
			break
		room = left if tier.limit is None else max(min(left, tier.limit - position), Decimal(0))
		if room:
			result.append((number, tier, room))
			position += room
			left -= room
	return result
