"""Rules of the community desk without a database: audiences, waiting lists, periods, slots, fingerprints (D12, D16, D27, L5)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = {"Month": 1, "Quarter": 3, "Half-year": 6, "Year": 12}


def in_force(valid_from: date, valid_to: date | None, day: date) -> bool:
	"""Whether a notice is shown on a day; both ends are included, an empty end is open."""
	return valid_from <= day and (valid_to is None or day <= valid_to)


def is_addressed(building: str, unit_type: str, buildings: Iterable[str], unit_types: Iterable[str]) -> bool:
	"""Whether a unit belongs to the audience; an empty list of buildings or kinds stands for all."""
	buildings, unit_types = set(buildings), set(unit_types)
	return (not buildings or building in buildings) and (not unit_types or unit_type in unit_types)


def has_room(quota: int, registered: int, waiting: int, people: int) -> bool:
	"""Whether a group gets places at once. Nobody overtakes those who wait; a quota of 0 is no limit."""
	return not quota or (not waiting and registered + people <= quota)


def moved_up(quota: int, registered: int, waiting: Sequence[tuple[str, int]]) -> list[str]:
	"""Who of the waiting list (name, people), the first ones first, gets places now. The first that does not fit stops the rest."""
	chosen = []
	for name, people in waiting:
		if quota and registered + people > quota:
			break
		registered += people
		chosen.append(name)
	return chosen


def last_period(day: date, kind: str) -> tuple[str, date, date]:
	"""Label, first and last day of the last period that ended before a day; `kind` is a key of MONTHS."""
	_label, start, _end = period_of(day, kind)
	return period_of(start - timedelta(days=1), kind)


def period_of(day: date, kind: str) -> tuple[str, date, date]:
	"""Label, first and last day of the period that holds a day: 2026-03, 2026Q1, 2026H1, 2026."""
	months = MONTHS[kind]
	number = (day.month - 1) // months
	start = date(day.year, number * months + 1, 1)
	following = start.month + months
	end = date(day.year + (following > 12), following - 12 if following > 12 else following, 1) - timedelta(days=1)
	return _label(start.year, number + 1, kind), start, end


def _label(year: int, number: int, kind: str) -> str:
	return {"Month": f"{year}-{number:02d}", "Quarter": f"{year}Q{number}", "Half-year": f"{year}H{number}"}.get(
		kind, str(year)
	)


def days_of_period(label: str) -> tuple[date, date] | None:
	"""First and last day of a label as written by `period_of`; None when it is none."""
	year = int(label[:4]) if label[:4].isascii() and label[:4].isdecimal() else 0
	for kind, months in MONTHS.items():
		for month in range(1, 13, months) if year else ():
			found, start, end = period_of(date(year, month, 1), kind)
			if found == label:
				return start, end
	return None


def fingerprint(sections: list[dict]) -> str:
	"""SHA-256 of published figures, independent of the order of keys."""
	text = json.dumps(sections, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
	return hashlib.sha256(text.encode()).hexdigest()


def may_book(now: datetime, start: datetime, lead_hours: int, ahead_days: int) -> bool:
	"""Whether a time is neither too near nor too far to be booked."""
	return now + timedelta(hours=lead_hours) <= start and (start.date() - now.date()).days <= ahead_days


def is_late(now: datetime, start: datetime, hours: int) -> bool:
	"""Whether it is too late to cancel free of charge."""
	return now > start - timedelta(hours=hours)


def late_charge(amount: Decimal, percent: Decimal) -> Decimal:
	"""What a late cancellation costs, in whole cents."""
	return (amount * percent / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def clash(slots: Sequence[tuple[str, time, time]]) -> tuple[int, int] | None:
	"""Positions of the first two weekly times (weekday, from, to) that overlap, counted from 0; None when all are apart."""
	for second, (weekday, start, end) in enumerate(slots):
		for first, (other, begin, finish) in enumerate(slots[:second]):
			if weekday == other and start < finish and begin < end:
				return first, second
	return None


def weekday_of(day: date) -> str:
	return WEEKDAYS[day.weekday()]
