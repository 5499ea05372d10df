"""Rules of the management systems without a database: risks, aspects, objectives, months, versions (D18)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

LOW, MEDIUM, HIGH = "Low", "Medium", "High"
REACHED, MISSED, NOT_MEASURED = "Attained", "Missed", "Not Measured"
#: from this sum of reach, severity and frequency (1 to 5 each) an environmental aspect is significant
SIGNIFICANT = 10
MARKS = range(1, 6)
VERSION = re.compile(r"[A-Za-z0-9]{1,4}([./-][A-Za-z0-9]{1,4}){0,2}")


class NotAMark(ValueError):
	"""Marks of an assessment are whole numbers from 1 to 5."""


def mark(value: int | str | None) -> int:
	"""A mark of an assessment as a number. Raises NotAMark."""
	try:
		number = int(str(value))
	except ValueError:
		raise NotAMark(str(value)) from None
	if number not in MARKS:
		raise NotAMark(str(value))
	return number


def risk(likelihood: int | str, severity: int | str) -> tuple[int, str]:
	"""(score, level) of a risk: likelihood × severity; high from 15, low below 6."""
	score = mark(likelihood) * mark(severity)
	return score, HIGH if score >= 15 else MEDIUM if score >= 6 else LOW


def aspect(reach: int | str, severity: int | str, frequency: int | str, legal: bool) -> tuple[int, bool]:
	"""(score, significant) of an environmental aspect; one mark of 5 or a limit in law makes it significant by itself."""
	marks = [mark(reach), mark(severity), mark(frequency)]
	return sum(marks), bool(legal) or max(marks) == 5 or sum(marks) >= SIGNIFICANT


def outcome(value: Decimal | None, target: Decimal, at_least: bool) -> str:
	"""Whether an objective was reached; None is a month without a figure."""
	if value is None:
		return NOT_MEASURED
	return REACHED if (value >= target if at_least else value <= target) else MISSED


def attainment(outcomes: Iterable[str]) -> tuple[int, int]:
	"""(reached, measured) of a run of months; months without a figure do not count."""
	counted = [found for found in outcomes if found in (REACHED, MISSED)]
	return counted.count(REACHED), len(counted)


def month_of(day: date) -> date:
	return day.replace(day=1)


def last_day(month: date) -> date:
	"""The last day of the month that a day is in."""
	return (month_of(month) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def months_to_measure(year: int, today: date) -> list[date]:
	"""First days of the months of a year that are over on a day."""
	return [date(year, month, 1) for month in range(1, 13) if last_day(date(year, month, 1)) < today]


def span(month: date, year_to_date: bool) -> tuple[date, date]:
	"""The days that the figure of a month covers: the month, or the year up to its end."""
	return (date(month.year, 1, 1) if year_to_date else month_of(month)), last_day(month)


def is_version(text: str | None) -> bool:
	"""Whether a text names a version: up to three short groups of letters and digits, such as A/0, B/2 or 1.0."""
	return bool(VERSION.fullmatch((text or "").strip()))


def next_version(text: str | None) -> str:
	"""What follows a version: its last group counted on (A/0 → A/1); A/0 follows nothing."""
	head, number = re.fullmatch(r"(.*?)(\d*)", (text or "").strip()).groups()
	if not head and not number:
		return "A/0"
	return f"{head}{int(number) + 1}" if number else f"{head}/1"


def age_band(days: int) -> str:
	"""The band of a report of ages: days that a corrective action has been open."""
	for limit, name in ((7, "0–7"), (30, "8–30"), (60, "31–60"), (90, "61–90")):
		if days <= limit:
			return name
	return "> 90"


AGE_BANDS = ("0–7", "8–30", "31–60", "61–90", "> 90")


def own_work(auditors: Iterable[str], own: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
	"""(auditor, what makes the audited work theirs) for each who would audit own work. `own` maps a reason to the people it concerns."""
	return [(user, reason) for user in dict.fromkeys(auditors) for reason, people in own.items() if user in set(people)]
