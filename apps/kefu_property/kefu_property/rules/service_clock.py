"""The clock of the service desk: when an answer is due, counted in working time (D3, L13).

All moments are aware `datetime` values. Spans of work are minutes after local midnight, so that a day has the length it
has where the project lies, also when clocks are changed. Nothing here touches a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone, tzinfo

Span = tuple[int, int]
DAY_MINUTES = 1440
WHOLE_DAY: tuple[Span, ...] = ((0, DAY_MINUTES),)
#: a calendar without working time for so long is a mistake, not a long holiday
HORIZON_DAYS = 400


class NoWorkingTime(ValueError):
	"""The calendar has no working time in the coming year: no deadline can be computed."""


class InvalidSpan(ValueError):
	"""A span of working time ends before it begins, overlaps another or leaves the day."""


@dataclass(frozen=True)
class Calendar:
	"""Working time: spans for each weekday (0 = Monday) and for single days (holidays: none; make-up days: spans)."""

	zone: tzinfo
	week: Mapping[int, Sequence[Span]]
	days: Mapping[date, Sequence[Span]] = field(default_factory=dict)

	def __post_init__(self) -> None:
		for spans in (*self.week.values(), *self.days.values()):
			check_spans(spans)

	def spans(self, day: date) -> Sequence[Span]:
		if day in self.days:
			return self.days[day]
		return self.week.get(day.weekday(), ())

	def works(self, day: date) -> bool:
		return bool(self.spans(day))


def check_spans(spans: Sequence[Span]) -> None:
	"""Raise InvalidSpan unless the spans are ordered, apart and within one day."""
	before = 0
	for start, end in spans:
		if not before <= start < end <= DAY_MINUTES:
			raise InvalidSpan(f"{start}-{end}")
		before = end


def round_the_clock(zone: tzinfo) -> Calendar:
	return Calendar(zone, dict.fromkeys(range(7), WHOLE_DAY))


def local_moment(zone: tzinfo, day: date, minutes: int) -> datetime:
	"""The instant (in UTC) at which local clocks show `minutes` after midnight of `day`."""
	naive = datetime.combine(day, time()) + timedelta(minutes=minutes)
	return naive.replace(tzinfo=zone).astimezone(timezone.utc)


def periods(calendar: Calendar, start: datetime) -> Iterator[tuple[datetime, datetime]]:
	"""Working periods from `start` on, in UTC. Raises NoWorkingTime after a year without any."""
	start = start.astimezone(timezone.utc)
	day = start.astimezone(calendar.zone).date() - timedelta(days=1)
	empty = 0
	while empty < HORIZON_DAYS:
		empty += 1
		for first, last in calendar.spans(day):
			opens, closes = local_moment(calendar.zone, day, first), local_moment(calendar.zone, day, last)
			if closes > max(opens, start):
				empty = 0
				yield max(opens, start), closes
		day += timedelta(days=1)
	raise NoWorkingTime


def add(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
	"""The earliest moment by which `amount` of working time has passed since `start`."""
	left = amount
	for opens, closes in periods(calendar, start):
		if left <= closes - opens:
			return (opens + left) if left else start.astimezone(timezone.utc)
		left -= closes - opens
	raise NoWorkingTime


def elapsed(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
	"""Working time between two moments; zero when `end` is not after `start`."""
	total = timedelta()
	if end <= start:
		return total
	# a wait longer than any horizon needs no exact figure beyond it: the loop ends at `end`
	try:
		for opens, closes in periods(calendar, start):
			if opens >= end:
				break
			total += min(closes, end) - opens
	except NoWorkingTime:
		pass
	return total


def add_days(calendar: Calendar, start: datetime, count: int, working: bool = True) -> datetime:
	"""The same time of day `count` days later: working days, or days of the calendar.

	In working days a case that comes in outside working time counts from the next opening. A time of day that is past
	closing on the last day is moved to its closing.
	"""
	if not working:
		local = start.astimezone(calendar.zone)
		return (local + timedelta(days=count)).astimezone(timezone.utc)
	opens, _closes = next(periods(calendar, start))
	local = opens.astimezone(calendar.zone)
	day, left, empty = local.date(), count, 0
	while left:
		day += timedelta(days=1)
		empty = 0 if calendar.works(day) else empty + 1
		left -= calendar.works(day)
		if empty > HORIZON_DAYS:
			raise NoWorkingTime
	moment = local_moment(calendar.zone, day, local.hour * 60 + local.minute) + timedelta(
		seconds=local.second, microseconds=local.microsecond
	)
	first, last = calendar.spans(day)[0][0], calendar.spans(day)[-1][1]
	return min(max(moment, local_moment(calendar.zone, day, first)), local_moment(calendar.zone, day, last))


def merge(pauses: Iterable[tuple[datetime, datetime | None]]) -> list[tuple[datetime, datetime | None]]:
	"""Pauses in order, with those that touch made one; a pause without an end is still running."""
	merged: list[tuple[datetime, datetime | None]] = []
	for begins, ends in sorted(pauses, key=lambda pause: pause[0]):
		if merged and (merged[-1][1] is None or begins <= merged[-1][1]):
			last = merged[-1][1]
			merged[-1] = (merged[-1][0], None if last is None or ends is None else max(last, ends))
		else:
			merged.append((begins, ends))
	return merged


def extend(
	calendar: Calendar, start: datetime, due: datetime, pauses: Iterable[tuple[datetime, datetime | None]]
) -> datetime | None:
	"""Move a deadline by the working time that was spent waiting. None while a wait that began before it still runs."""
	for begins, ends in merge(pauses):
		if begins >= due:
			break
		if ends is None:
			return None
		due = add(calendar, due, elapsed(calendar, max(begins, start), ends))
	return due
