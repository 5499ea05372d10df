"""Calendar arithmetic of billing: months, parts of months, deciding days.

A period is a pair of dates, both included. Nothing here knows the framework or the clock: "today" is always an argument.
"""

from __future__ import annotations

import calendar
import datetime
import functools
import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

ONE_DAY = datetime.timedelta(days=1)

BY_DAYS = "Days in month"
WHOLE_MONTH = "Whole month"
THIRTY_DAYS = "30-day month"
PRORATION_MODES = (BY_DAYS, WHOLE_MONTH, THIRTY_DAYS)

FROM_START = "Owner pays from the hand-over date"
FULL_FIRST_MONTH = "Owner pays the whole month"
NEXT_MONTH = "Owner pays from the next month"
FIRST_PERIOD_RULES = (FROM_START, FULL_FIRST_MONTH, NEXT_MONTH)


class Span(NamedTuple):
	"""First and last day, both included."""

	start: datetime.date
	end: datetime.date

	@property
	def days(self) -> int:
		return (self.end - self.start).days + 1


def month_start(day: datetime.date) -> datetime.date:
	return day.replace(day=1)


def month_end(day: datetime.date) -> datetime.date:
	return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: datetime.date, months: int) -> datetime.date:
	"""The same day of another month, or that month's last day when it is shorter.

	>>> add_months(datetime.date(2024, 1, 31), 1)
	datetime.date(2024, 2, 29)
	"""
	index = day.year * 12 + day.month - 1 + months
	year, month = divmod(index, 12)
	last = calendar.monthrange(year, month + 1)[1]
	return datetime.date(year, month + 1, min(day.day, last))


def due_date(period: Span, day_of_month: int, months_offset: int) -> datetime.date:
	"""Due day of a bill: `day_of_month` (1 to 31, cut to the month's length) of the month `months_offset` after the period's first month."""
	month = add_months(month_start(period.start), months_offset)
	return month.replace(day=min(max(day_of_month, 1), calendar.monthrange(month.year, month.month)[1]))


def months_of(period: Span) -> Iterator[Span]:
	"""The calendar months that a period touches, whole (not cut to the period)."""
	month = month_start(period.start)
	while month <= period.end:
		yield Span(month, month_end(month))
		month = add_months(month, 1)


def overlap(a: Span, b: Span) -> Span | None:
	start, end = max(a.start, b.start), min(a.end, b.end)
	return Span(start, end) if start <= end else None


def cut(period: Span, starts: Iterable[datetime.date]) -> list[Span]:
	"""Cut a period into consecutive parts, a new part beginning at each of `starts` that lies inside it."""
	inner = sorted({day for day in starts if period.start < day <= period.end})
	edges = [period.start, *inner, period.end + ONE_DAY]
	return [Span(a, b - ONE_DAY) for a, b in itertools.pairwise(edges)]


@functools.lru_cache(maxsize=4096)
def months_factor(part: Span, mode: str) -> Fraction:
	"""How many months a part is worth (1 for a whole calendar month).

	Additive: the factors of consecutive parts sum to the factor of the whole, in every mode.
	- Days in month: days ÷ days of that month.
	- Whole month: a month counts wholly for the part that holds its first day.
	- 30-day month: every month has 30 days; the 31st counts nothing, the last day of a shorter month closes it.
	"""
	total = Fraction(0)
	for month in months_of(part):
		piece = overlap(part, month)
		if mode == BY_DAYS:
			total += Fraction(piece.days, month.days)
		elif mode == WHOLE_MONTH:
			total += 1 if piece.start == month.start else 0
		elif mode == THIRTY_DAYS:
			total += Fraction(_thirty(piece.end, month) - _thirty(piece.start - ONE_DAY, month), 30)
		else:
			raise ValueError(f"unknown proration mode: {mode!r}")
	return total


def _thirty(day: datetime.date, month: Span) -> int:
	if day < month.start:
		return 0
	return 30 if day == month.end else min(day.day, 30)


def first_period_start(start: datetime.date, rule: str) -> datetime.date:
	"""First day that is charged to somebody who comes in on `start` (L9: the hand-over month differs by city)."""
	if start.day == 1 or rule == FROM_START:
		return start
	if rule == FULL_FIRST_MONTH:
		return month_start(start)
	if rule == NEXT_MONTH:
		return add_months(month_start(start), 1)
	raise ValueError(f"unknown first-period rule: {rule!r}")
