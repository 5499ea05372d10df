"""Price versions, charges and the rounding that keeps every sum equal to its parts (L16).

Amounts are computed exactly (Decimal and Fraction) and rounded once per item, unit and period; when a period is divided
between payers or price versions the rounded whole is divided among the parts by largest remainder.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

from kefu_property.rules.money import D, round_money
from kefu_property.rules.periods import ONE_DAY, Span


class VersionsOverlap(ValueError):
	"""Two price versions hold on the same day. `args` = (first's start, second's start)."""


class VersionsGap(ValueError):
	"""No price version holds on some day between two versions. `args` = (day after the first, second's start)."""


class Version(NamedTuple):
	"""A price and the days on which it holds; `end` None = until replaced."""

	name: str
	start: datetime.date
	end: datetime.date | None
	price: Decimal


def close_versions(versions: Sequence[Version]) -> list[Version]:
	"""Versions by date, each open one closed on the day before the next begins.

	Raises VersionsOverlap when a stated end reaches the next start or two begin on one day, VersionsGap when a stated end leaves days without a price.
	"""
	ordered = sorted(versions, key=lambda version: version.start)
	result = []
	for this, following in zip(ordered, [*ordered[1:], None], strict=True):
		if this.end and this.end < this.start:
			raise VersionsOverlap(this.start, this.end)
		if following:
			if following.start <= this.start or (this.end and this.end >= following.start):
				raise VersionsOverlap(this.start, following.start)
			if this.end and this.end + ONE_DAY != following.start:
				raise VersionsGap(this.end + ONE_DAY, following.start)
			this = this._replace(end=following.start - ONE_DAY)
		result.append(this)
	return result


def version_on(versions: Sequence[Version], day: datetime.date) -> Version | None:
	for version in versions:
		if version.start <= day and (version.end is None or day <= version.end):
			return version
	return None


@dataclass(frozen=True, slots=True)
class Part:
	"""One line to be: `quantity` units at `price`, for `factor` months (or 1 for usage)."""

	span: Span
	payer: str
	version: str
	price: Decimal
	quantity: Decimal
	factor: Fraction
	#: price × quantity × factor, exact
	raw: Fraction = field(init=False, compare=False)

	def __post_init__(self):
		object.__setattr__(self, "raw", Fraction(self.price) * Fraction(self.quantity) * self.factor)


def bounded(raw: Fraction, factor: Fraction, minimum: Decimal | None, maximum: Decimal | None) -> Fraction:
	"""A raw amount held between minimum and maximum, which are stated for a whole month and follow the factor."""
	if minimum:
		raw = max(raw, Fraction(minimum) * factor)
	if maximum:
		raw = min(raw, Fraction(maximum) * factor)
	return raw


def decimal_of(value: Fraction, digits: int = 34) -> Decimal:
	"""Nearest Decimal of `digits` significant digits; exact whenever the value has that few."""
	with localcontext() as context:
		context.prec = digits
		return Decimal(value.numerator) / Decimal(value.denominator)


def text_of(value: Fraction) -> str:
	"""A raw amount for paper: all its digits when it ends within ten decimals, else ten decimals and an ellipsis."""
	exact = decimal_of(value)
	short = exact.quantize(Decimal("1.0000000000")) if exact.adjusted() < 23 else exact
	text = f"{short:f}"
	if "." in text:
		text = text.rstrip("0").rstrip(".")
	return text if Fraction(short) == value else f"{text}…"


def round_parts(raws: Sequence[Fraction], unit: str, mode: str) -> list[Decimal]:
	"""Round the sum of raw amounts once, then divide it among them by largest remainder.

	Every part is a multiple of `unit` within one unit of its raw value; the parts always sum to the rounded sum.
	Ties go to the earlier part, so that a re-computation gives the same bill.
	"""
	if len(raws) == 1:
		return [round_money(decimal_of(raws[0]), unit, mode)]
	step = Fraction(D(unit))
	total = round_money(decimal_of(sum(raws, Fraction(0))), unit, mode)
	floors = [raw // step for raw in raws]
	missing = int(Fraction(total) / step) - sum(floors)
	order = sorted(range(len(raws)), key=lambda i: (-(raws[i] / step - floors[i]), i))
	for i in order[:missing]:
		floors[i] += 1
	return [(D(unit) * floor).quantize(Decimal("0.01")) for floor in floors]


def charge(
	parts: Sequence[Part], unit: str, mode: str, minimum: Decimal | None = None, maximum: Decimal | None = None
) -> tuple[list[Fraction], list[Decimal]]:
	"""Raw and rounded amount of each part of one item, unit and period."""
	raws = [part.raw for part in parts]
	if not (minimum or maximum):
		return raws, round_parts(raws, unit, mode)
	total = sum(raws, Fraction(0))
	held = bounded(total, sum((part.factor for part in parts), Fraction(0)), minimum, maximum)
	if held != total:
		if total:
			raws = [raw * held / total for raw in raws]
		else:
			factors = [part.factor for part in parts]
			raws = [held * factor / sum(factors) for factor in factors] if sum(factors) else raws
	return raws, round_parts(raws, unit, mode)


def tax_within(amount: Decimal, rate: Decimal) -> Decimal:
	"""Tax contained in a price that includes it; `rate` in percent. The net is amount − tax, so that both sum to the amount."""
	if not rate:
		return Decimal("0.00")
	return round_money(decimal_of(Fraction(amount) * Fraction(rate) / (100 + Fraction(rate))))
