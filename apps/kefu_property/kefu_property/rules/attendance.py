"""What a day at work was: shift, check-ins and leave make presence, lateness and absence (D29)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from kefu_property.rules.leave_days import AFTERNOON, HALF, MORNING, WHOLE

#: how long after the end of a night shift a check-in still belongs to the evening before
AFTER_SHIFT = timedelta(hours=4)
REST, PRESENT, LATE, EARLY, MISSING, ABSENT, ON_LEAVE = "rest", "present", "late", "early", "missing", "absent", "leave"
ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class Shift:
	code: str
	start: time
	end: time
	break_minutes: int = 0
	late_after: int = 0

	def span(self, day: date) -> tuple[datetime, datetime]:
		"""Begin and end on a day of duty; an end that is not after the start lies on the next day."""
		start, end = datetime.combine(day, self.start), datetime.combine(day, self.end)
		return start, end if end > start else end + timedelta(days=1)

	@property
	def hours(self) -> Decimal:
		start, end = self.span(date(2000, 1, 1))
		minutes = Decimal(int((end - start).total_seconds())) / 60 - self.break_minutes
		return (max(minutes, ZERO) / 60).quantize(Decimal("0.01"))


@dataclass(frozen=True)
class Day:
	"""One day of one person. `present + absent + leave == due` always holds."""

	state: str
	due: Decimal = ZERO
	present: Decimal = ZERO
	absent: Decimal = ZERO
	leave: Decimal = ZERO
	late: int = 0  # minutes
	early: int = 0  # minutes
	missing: int = 0  # check-ins


def duty_date(moment: datetime, shift_of: Callable[[date], Shift | None]) -> date:
	"""The day of duty that a check-in belongs to: the night shift of the evening before reaches into the morning."""
	day = moment.date()
	before = shift_of(day - timedelta(days=1))
	if before:
		_start, end = before.span(day - timedelta(days=1))
		if end.date() == day and moment <= end + AFTER_SHIFT:
			today = shift_of(day)
			# somebody who comes for the next shift is nearer to its start than to the end of the last one
			if not today or abs(moment - end) <= abs(today.span(day)[0] - moment):
				return day - timedelta(days=1)
	return day


def judge(
	shift: Shift | None, day: date, ins: Iterable[datetime], outs: Iterable[datetime], leave: str | None = None
) -> Day:
	"""Verdict on a day. `leave` is the part of the day with approved leave (`Whole Day`, `Morning`, `Afternoon`)."""
	if not shift:
		return Day(REST)
	if leave == WHOLE:
		return Day(ON_LEAVE, due=ONE, leave=ONE)
	away = HALF if leave else ZERO
	start, end = shift.span(day)
	middle = start + (end - start) / 2
	start, end = (middle if leave == MORNING else start), (middle if leave == AFTERNOON else end)
	first, last = min(ins, default=None), max(outs, default=None)
	if not first and not last:
		return Day(ABSENT, due=ONE, absent=ONE - away, leave=away)
	late = minutes(first - start) if first else 0
	late = late if late > shift.late_after else 0
	early = minutes(end - last) if last else 0
	missing = int(not first) + int(not last)
	state = MISSING if missing else LATE if late else EARLY if early else PRESENT
	return Day(state, due=ONE, present=ONE - away, leave=away, late=late, early=early, missing=missing)


def minutes(span: timedelta) -> int:
	"""Whole minutes of a span, 0 when it is negative."""
	return max(0, int(span.total_seconds() // 60))


def kinds_by_order(moments: Iterable[datetime]) -> dict[datetime, str]:
	"""What check-ins without a kind mean within a day of duty: the first is `Clock In`, the others are `Clock Out`."""
	return {moment: "Clock Out" if number else "Clock In" for number, moment in enumerate(sorted(set(moments)))}
