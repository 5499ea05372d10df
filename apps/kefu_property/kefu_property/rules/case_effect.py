"""Did a measure help? Cases of two spans of equal length, before and after (S4)."""

from __future__ import annotations

from datetime import date, timedelta


def span_after(before_from: date, before_to: date, done_on: date) -> tuple[date, date]:
	"""The span in which the effect is counted: as long as the one before, from the day after the work was done."""
	first = done_on + timedelta(days=1)
	return first, first + (before_to - before_from)


def change_percent(before: int, after: int) -> int:
	"""Change in whole percent, rounded towards zero: -50 is half as many. From nothing to something is +100."""
	if not before:
		return 100 if after else 0
	return int((after - before) * 100 / before)


def is_reached(before: int, after: int, target_percent: int) -> bool:
	"""Whether the number fell by at least the share that was wanted; exact, without rounding."""
	return (before - after) * 100 >= before * target_percent and after <= before
