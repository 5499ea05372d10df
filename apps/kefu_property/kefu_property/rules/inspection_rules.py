"""Rules of facilities and inspection without a database: calendar, answers, scores, rent, slots (D5, D26, L19, L23)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from kefu_property.rules.money import D, round_money
from kefu_property.rules.periods import add_months

DAYS = {"Daily": 1, "Weekly": 7}
MONTHS = {"Monthly": 1, "Quarterly": 3, "Half-yearly": 6, "Yearly": 12}
FREQUENCIES = (*DAYS, *MONTHS)

KEEP, SKIP, NEXT, PREVIOUS = "Keep the Day", "Skip", "Next Working Day", "Previous Working Day"
CALENDAR_RULES = (KEEP, SKIP, NEXT, PREVIOUS)
#: no series of days off is longer; a calendar without working days must not make the search endless
LONGEST_HOLIDAY = 31

OK, PROBLEM, NOT_APPLICABLE = "OK", "Problem", "Not Applicable"
OUTCOMES = (OK, PROBLEM, NOT_APPLICABLE)


class AnswerInvalid(ValueError):
	"""An answer cannot be what the check sheet asks for; the text says which kind was expected."""


class Period(NamedTuple):
	start: date
	end: date


# --- calendar ------------------------------------------------------------------------------------------------------------


def nominal_day(start: date, frequency: str, every: int, number: int) -> date:
	"""Day of the occurrence `number` (from 0) before days off are looked at; months keep the day of `start`."""
	if frequency in DAYS:
		return start + timedelta(days=DAYS[frequency] * every * number)
	return add_months(start, MONTHS[frequency] * every * number)


def placed(day: date, rule: str, is_working: Callable[[date], bool]) -> date | None:
	"""Where an occurrence falls by the rule for days off; None when it is left out."""
	if rule == KEEP or is_working(day):
		return day
	if rule == SKIP:
		return None
	step = timedelta(days=1 if rule == NEXT else -1)
	moved = day
	for _number in range(LONGEST_HOLIDAY):
		moved += step
		if is_working(moved):
			return moved
	return day


def schedule(
	start: date,
	frequency: str,
	every: int,
	rule: str,
	is_working: Callable[[date], bool],
	first: date,
	last: date,
) -> list[date]:
	"""Days from `first` to `last` (both included) on which a plan that begins on `start` has work, each once, in order."""
	if every < 1 or frequency not in FREQUENCIES:
		raise ValueError(f"{every} × {frequency}")
	margin = timedelta(days=LONGEST_HOLIDAY)
	# occurrences long before the window cannot reach it: begin just before it
	length = DAYS[frequency] if frequency in DAYS else 31 * MONTHS[frequency]
	number = max(0, (first - margin - start).days // (length * every) - 1)
	found = set()
	while (day := nominal_day(start, frequency, every, number)) <= last + margin:
		moved = placed(day, rule, is_working)
		if moved and first <= moved <= last and moved >= start:
			found.add(moved)
		number += 1
	return sorted(found)


def working_days(weekends_off: bool, exceptions: dict[date, bool]) -> Callable[[date], bool]:
	"""`is_working(day)`: Monday to Friday, or every day; `exceptions` are holidays (False) and make-up days (True)."""

	def is_working(day: date) -> bool:
		return exceptions.get(day, not weekends_off or day.weekday() < 5)

	return is_working


# --- check sheets --------------------------------------------------------------------------------------------------------


def choices_of(text: str | None) -> dict[str, bool]:
	"""Choices of an item → whether the choice is a defect (written with an exclamation mark before it)."""
	lines = [line.strip() for line in (text or "").splitlines()]
	return {line.lstrip("!！").strip(): line[0] in "!！" for line in lines if line.lstrip("!！").strip()}


def judge(item: dict, answer: str) -> tuple[str, Decimal | None]:
	"""(outcome, number) of an answer to an item of a template. Raises AnswerInvalid.

	Number and Counter are a problem outside their limits, a score below `min_value`, a choice when it is marked as a defect.
	"""
	kind, answer = item.get("answer_type"), (answer or "").strip()
	if kind == "Yes or No":
		if answer not in ("Yes", "No"):
			raise AnswerInvalid("Yes or No")
		return (OK if answer == "Yes" else PROBLEM), None
	if kind == "Choice":
		choices = choices_of(item.get("choices"))
		if answer not in choices:
			raise AnswerInvalid("Choice")
		return (PROBLEM if choices[answer] else OK), None
	try:
		number = D(answer)
	except (ValueError, TypeError, ArithmeticError) as error:
		raise AnswerInvalid(kind) from error
	low, high = _limit(item.get("min_value")), _limit(item.get("max_value"))
	if kind == "Score" and not 0 <= number <= (high or Decimal(10)):
		raise AnswerInvalid(kind)
	if kind == "Meter Reading" and number < 0:
		raise AnswerInvalid(kind)
	outside = (low is not None and number < low) or (kind != "Score" and high is not None and number > high)
	return (PROBLEM if outside else OK), number


def _limit(value) -> Decimal | None:
	"""A limit of an item: nothing written, or 0, means none (a template's empty number is 0)."""
	return D(str(value)) if value not in (None, "", 0, 0.0) else None


def score(points: Iterable[tuple[Decimal, Decimal]]) -> Decimal | None:
	"""Percentage of (points, most points) pairs with one decimal; None without any."""
	pairs = list(points)
	most = sum((top for _got, top in pairs), Decimal(0))
	if not most:
		return None
	return round_money(sum((got for got, _top in pairs), Decimal(0)) * 100 / most, "0.1")


def ranked(scores: Sequence[Decimal]) -> list[int]:
	"""Place of each of the scores that are sorted from the best on; equal scores share a place."""
	places: list[int] = []
	for position, value in enumerate(scores, 1):
		places.append(places[-1] if places and scores[position - 2] == value else position)
	return places


# --- facilities ----------------------------------------------------------------------------------------------------------


def end_of_life(installed_on: date | None, years: int | None) -> date | None:
	return add_months(installed_on, 12 * years) if installed_on and years and years > 0 else None


def slots(opens: time, closes: time, minutes: int) -> list[tuple[time, time]]:
	"""Bookable slots of a day one after the other; a rest shorter than a slot is not let."""
	if minutes < 1:
		return []
	base = datetime(2000, 1, 1)
	begin, end = datetime.combine(base, opens), datetime.combine(base, closes)
	found = []
	while begin + timedelta(minutes=minutes) <= end:
		found.append((begin.time(), (begin + timedelta(minutes=minutes)).time()))
		begin += timedelta(minutes=minutes)
	return found


def times_overlap(start: time, end: time, other_start: time, other_end: time) -> bool:
	"""Whether two spans of a day share time; one may begin when the other ends."""
	return start < other_end and other_start < end


# --- rent ----------------------------------------------------------------------------------------------------------------


def rent_schedule(start: date, end: date, rent, period: str) -> list[tuple[Period, Decimal]]:
	"""Periods of a contract with their rent in yuan. The last one, when it is cut short, costs its share of days."""
	rent = D(rent)
	if period == "Once":
		return [(Period(start, end), round_money(rent))]
	months, rows, number = MONTHS[period], [], 0
	while (begin := add_months(start, months * number)) <= end:
		full_end = add_months(start, months * (number + 1)) - timedelta(days=1)
		last = min(full_end, end)
		share = Decimal((last - begin).days + 1) / Decimal((full_end - begin).days + 1)
		rows.append((Period(begin, last), round_money(rent * share)))
		number += 1
	return rows


def allocated(amounts: Sequence[Decimal], received: Decimal) -> list[Decimal]:
	"""How much of each amount is covered by what was received, the oldest first."""
	covered = []
	for amount in amounts:
		part = min(amount, received)
		covered.append(part)
		received -= part
	return covered
