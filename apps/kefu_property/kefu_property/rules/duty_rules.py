"""Rules of duty rosters and handovers, without a database (D11)."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

OFF = "-"


def parse_cycle(text: str | None) -> list[str]:
	"""Shift codes of a cycle of days; `-` is a day off. An empty text is an empty cycle."""
	return (text or "").split()


def days_of_month(day: date) -> list[date]:
	"""All days of the month in which `day` lies."""
	return [day.replace(day=number) for number in range(1, calendar.monthrange(day.year, day.month)[1] + 1)]


def month_plan(cycle: Sequence[str], positions: Sequence[int], month: date) -> list[list[str]]:
	"""Shift code of each person (row) on each day of a month; `positions` are days of the cycle from 1, on the first."""
	length = len(days_of_month(month))
	return [[cycle[(position - 1 + day) % len(cycle)] for day in range(length)] for position in positions]


def positions(count: int, stagger: int, length: int) -> list[int]:
	"""Day of the cycle on which each of `count` people starts: `stagger` days apart, counted from 1."""
	return [(number * stagger) % length + 1 for number in range(count)]


def shift_times(day: date, start: timedelta, end: timedelta) -> tuple[datetime, datetime]:
	"""Begin and end of a shift on a day. An end that is not after the start lies on the next day."""
	midnight = datetime.combine(day, datetime.min.time())
	return midnight + start, midnight + end + (timedelta(days=1) if end <= start else timedelta(0))


def clashes(spans: Iterable[tuple[str, datetime, datetime]]) -> list[tuple[str, datetime, datetime]]:
	"""Of (person, begin, end), pairs of the same person that overlap: (person, later begin, earlier end)."""
	found, running = [], {}
	for person, begin, end in sorted(spans, key=lambda span: (span[0], span[1])):
		last = running.get(person)
		if last and begin < last:
			found.append((person, begin, min(end, last)))
		running[person] = max(end, last) if last else end
	return found


def uncovered(
	days: Iterable[date], codes: Iterable[str], slots: Iterable[tuple[date, str]], needed: int
) -> list[tuple[date, str, int]]:
	"""Shifts with fewer people than needed: (day, shift code, missing people), by day."""
	have = Counter(slots)
	codes = list(dict.fromkeys(codes))
	return [(day, code, needed - have[day, code]) for day in sorted(days) for code in codes if have[day, code] < needed]


def late_level(due: datetime, now: datetime, supervisor_minutes: int, director_minutes: int) -> int:
	"""Who hears of a handover that is late: 0 nobody, 1 the supervisors, 2 the director too."""
	waited = (now - due).total_seconds() / 60
	return (waited > supervisor_minutes) + (waited > max(director_minutes, supervisor_minutes))
