"""Handing over of homes and common parts: appointments, queue, defects (D24, L12). Nothing here touches a database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

#: states of the handover of a home
TO_BE_BOOKED, BOOKED, WAITING, CALLED, IN_PROGRESS = "To Be Booked", "Booked", "Waiting", "Called", "In Progress"
HANDED_OVER, WITH_DEFECTS, REFUSED, ABSENT = (
	"Handed Over without Defects",
	"Handed Over with Defects",
	"Refused",
	"Did Not Come",
)
DONE = (HANDED_OVER, WITH_DEFECTS)
ON_SITE = (WAITING, CALLED, IN_PROGRESS)
#: from where a home can get (another) appointment, and from where its buyer can come without one
BOOKABLE = (TO_BE_BOOKED, BOOKED, REFUSED, ABSENT)

#: first day after the due date of each age of a defect
AGES = (("Not Due", None), ("1 to 7 Days", 1), ("8 to 30 Days", 8), ("Over 30 Days", 31))

MOST_SLOTS = 2000


class NoSlots(ValueError):
	"""The days and times of a batch leave no appointment."""


def slots(
	first: date,
	last: date,
	day_from: time,
	day_to: time,
	minutes: int,
	break_from: time | None = None,
	break_to: time | None = None,
	skip_weekends: bool = False,
) -> list[tuple[date, time, time]]:
	"""Appointments (day, from, to) between two days, both included; none of them reaches into the break.

	Raises NoSlots when there is none, or when they would be more than anybody can use.
	"""
	if minutes <= 0:
		raise NoSlots
	found: list[tuple[date, time, time]] = []
	length, day = timedelta(minutes=minutes), first
	while day <= last:
		if not (skip_weekends and day.weekday() >= 5):
			found += _slots_of_day(day, day_from, day_to, length, break_from, break_to)
			if len(found) > MOST_SLOTS:
				raise NoSlots
		day += timedelta(days=1)
	if not found:
		raise NoSlots
	return found


def _slots_of_day(day, day_from, day_to, length, break_from, break_to) -> list[tuple[date, time, time]]:
	found = []
	pause = bool(break_from and break_to and break_from < break_to)
	begin, end = datetime.combine(day, day_from), datetime.combine(day, day_to)
	while begin + length <= end:
		until = begin + length
		if pause and begin.time() < break_to and until.time() > break_from:
			begin = datetime.combine(day, break_to)
			continue
		found.append((day, begin.time(), until.time()))
		begin = until
	return found


def may_change(appointment: datetime | None, now: datetime, close_hours: int) -> bool:
	"""Whether an appointment (or none) may still be changed or cancelled by the buyer."""
	return appointment is None or now + timedelta(hours=close_hours) <= appointment


def due_date(found_on: date, days: int, kind_days: int = 0) -> date:
	"""By when a defect is to be repaired: the days of its kind, else those of the settings (L12)."""
	return found_on + timedelta(days=kind_days or days)


def age(due: date | None, today: date) -> str:
	"""The age of an open defect, one of the names in AGES, by the days since its due date."""
	late = (today - due).days if due else 0
	return next(name for name, first in reversed(AGES) if first is None or late >= first)


def repair_days(found_on: date, closed_on: date) -> int:
	"""Days that a closed defect took, at least 0."""
	return max((closed_on - found_on).days, 0)


def checklist(
	rooms: Sequence[tuple[str, str]], checks: Sequence[tuple[str, str]], every_room: str = "Every Room"
) -> list[tuple[str, str]]:
	"""Lines (room, check) of a home: `rooms` are (name, kind), `checks` (text, kind of room) in their order."""
	return [(room, text) for room, kind in rooms for text, wanted in checks if wanted in (kind, every_room)]


def unique_rooms(rooms: Iterable[tuple[str, str]]) -> bool:
	names = [name.strip().casefold() for name, _kind in rooms]
	return len(names) == len(set(names))


def outcome(open_defects: int) -> str:
	"""The state of a home that its buyer accepts."""
	return WITH_DEFECTS if open_defects else HANDED_OVER


def share(part: int, whole: int) -> float:
	"""Percent with one digit; 0 of nothing."""
	return round(100 * part / whole, 1) if whole else 0.0
