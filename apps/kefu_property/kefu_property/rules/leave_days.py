"""Days of leave: which half days a request takes, how many days it counts, and whether two requests overlap (D29)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

WHOLE, MORNING, AFTERNOON = "Whole Day", "Morning", "Afternoon"
HALF = Decimal("0.5")


def half_days(from_date: date, from_part: str, to_date: date, to_part: str) -> tuple[int, int]:
	"""First and last half day as numbers that can be compared: two for each day, the morning being the even one.

	The last is smaller than the first for a span that ends before it begins.
	"""
	first = from_date.toordinal() * 2 + (1 if from_part == AFTERNOON else 0)
	last = to_date.toordinal() * 2 + (0 if to_part == MORNING else 1)
	return first, last


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
	return one[0] <= other[1] and other[0] <= one[1]


def parts(span: tuple[int, int]) -> Iterator[tuple[date, str]]:
	"""Each day of a span with the part of it that is taken."""
	first, last = span
	day = first // 2
	while first <= last and day * 2 <= last:
		morning, afternoon = first <= day * 2 <= last, first <= day * 2 + 1 <= last
		yield date.fromordinal(day), WHOLE if morning and afternoon else MORNING if morning else AFTERNOON
		day += 1


def count(span: tuple[int, int], counts: Callable[[date], bool]) -> dict[int, Decimal]:
	"""Days that a span takes, by year; `counts` tells whether a day counts (working days, or every day)."""
	years: dict[int, Decimal] = {}
	for day, part in parts(span):
		if counts(day):
			years[day.year] = years.get(day.year, Decimal(0)) + (Decimal(1) if part == WHOLE else HALF)
	return years


def is_working_day(day: date, exceptions: dict[date, str]) -> bool:
	"""Monday to Friday, unless the calendar says `Holiday` or (for a weekend in exchange) `Working Day`."""
	kind = exceptions.get(day)
	return kind == "Working Day" if kind else day.weekday() < 5


def days_between(start: date, end: date) -> Iterator[date]:
	for offset in range((end - start).days + 1):
		yield start + timedelta(days=offset)
