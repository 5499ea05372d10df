"""Rules of goals and their roll-up, without a database (S1)."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

KINDS = ("Year", "Quarter", "Month", "Week", "Day")
FULL = Decimal(100)
#: percentage points that a goal may lie behind the time that has passed
TOLERANCE = Decimal(10)


def period_of(kind: str, day: date) -> tuple[date, date]:
	"""First and last day of the year, quarter, month, week (from Monday) or day in which `day` lies."""
	if kind == "Year":
		return date(day.year, 1, 1), date(day.year, 12, 31)
	if kind == "Quarter":
		first = 3 * ((day.month - 1) // 3) + 1
		return date(day.year, first, 1), _end_of_month(day.year, first + 2)
	if kind == "Month":
		return date(day.year, day.month, 1), _end_of_month(day.year, day.month)
	if kind == "Week":
		monday = day - timedelta(days=day.weekday())
		return monday, monday + timedelta(days=6)
	return day, day


def period_before(kind: str, start: date) -> tuple[date, date]:
	"""The period of the same kind before the one that begins with `start`."""
	return period_of(kind, start - timedelta(days=1))


def _end_of_month(year: int, month: int) -> date:
	return date(year, month, calendar.monthrange(year, month)[1])


def may_be_part(kind: str, start: date, end: date, above_kind: str, above_start: date, above_end: date) -> bool:
	"""A goal is part of one of a longer period, or of the same, in which it begins or ends (weeks cross months)."""
	return (
		KINDS.index(kind) >= KINDS.index(above_kind)
		and start <= above_end
		and end >= above_start
		and (kind != above_kind or (start, end) == (above_start, above_end))
	)


def makes_circle(parents: Mapping[str, str | None], name: str, parent: str | None) -> bool:
	"""Whether `name` would lie above itself with this parent. `parents` maps each goal to the one above it."""
	seen = set()
	while parent and parent not in seen:
		if parent == name:
			return True
		seen.add(parent)
		parent = parents.get(parent)
	return False


def progress(actual: Decimal | None, target: Decimal, better: str = "Higher") -> Decimal:
	"""Percent of the target that is reached, from 0 to 100, two decimals; 0 while nothing is measured."""
	if actual is None:
		return Decimal("0.00")
	if better == "Lower":
		share = FULL if actual <= target else FULL * target / actual if actual > 0 else FULL
	else:
		share = FULL if actual >= target else FULL * actual / target if target > 0 else Decimal(0)
	return min(max(share, Decimal(0)), FULL).quantize(Decimal("0.01"), ROUND_HALF_UP)


def roll_up(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
	"""Weighted mean of (weight, progress); without weights the plain mean; 0 without parts. Two decimals."""
	parts = [(max(weight, Decimal(0)), value) for weight, value in parts]
	if not parts:
		return Decimal("0.00")
	total = sum((weight for weight, _value in parts), Decimal(0))
	if not total:
		parts, total = [(Decimal(1), value) for _weight, value in parts], Decimal(len(parts))
	mean = sum((weight * value for weight, value in parts), Decimal(0)) / total
	return mean.quantize(Decimal("0.01"), ROUND_HALF_UP)


def roll_up_tree(
	parents: Mapping[str, str | None], weights: Mapping[str, Decimal], leaves: Mapping[str, Decimal]
) -> dict[str, Decimal]:
	"""Progress of every goal: `leaves` have their own, all others the mean of their parts."""
	children: dict[str, list[str]] = {}
	for name, parent in parents.items():
		if parent in parents:
			children.setdefault(parent, []).append(name)
	done: dict[str, Decimal] = dict(leaves)

	def value(name: str) -> Decimal:
		if name not in done:
			done[name] = roll_up([(weights.get(part, Decimal(1)), value(part)) for part in children.get(name, ())])
		return done[name]

	return {name: value(name) for name in parents}


def course(value: Decimal, start: date, end: date, today: date) -> str:
	"""`Achieved`, `Not Achieved` (over and not reached), `Behind` (more than TOLERANCE points under the time passed) or `On Track`."""
	if value >= FULL:
		return "Achieved"
	if today > end:
		return "Not Achieved"
	days = (end - start).days + 1
	passed = FULL * max((today - start).days, 0) / days
	return "Behind" if value + TOLERANCE < passed else "On Track"
