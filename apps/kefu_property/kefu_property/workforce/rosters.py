"""Shifts, rosters and the work calendar as the rules want them (S6)."""

from __future__ import annotations

import calendar as month_calendar
import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.rules import leave_days
from kefu_property.rules.attendance import Shift
from kefu_property.workforce.exceptions import InvalidMonth

REST = "-"
DEFAULT_SHIFT = Shift("*", time(9), time(18), 60, 5)


def month_days(month: str) -> list[date]:
	"""Days of a month written as `2026-11`. Raises InvalidMonth."""
	if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", month or ""):
		frappe.throw(_("Write the month as 2026-11."), InvalidMonth)
	year, number = (int(part) for part in month.split("-"))
	return [date(year, number, day) for day in range(1, month_calendar.monthrange(year, number)[1] + 1)]


def to_time(value) -> time:
	"""The database gives times as spans since midnight, forms as text."""
	if isinstance(value, time):
		return value
	if isinstance(value, timedelta):
		return (datetime.min + value).time()
	parts = [int(float(part)) for part in str(value).split(":")]
	return time(*parts[:3])


def shifts_of(project: str) -> dict[str, Shift]:
	"""Shifts of a project by code, including disabled ones (old rosters name them)."""
	return {
		row.shift_code: Shift(
			row.shift_code, to_time(row.start_time), to_time(row.end_time), row.break_minutes or 0, row.late_after or 0
		)
		for row in frappe.get_all(
			"Duty Shift",
			filters={"project": project},
			fields=["shift_code", "start_time", "end_time", "break_minutes", "late_after"],
		)
	}


def codes(days: str | None) -> list[str]:
	return [code.strip() for code in (days or "").split(",")]


def special_days(years: Iterable[int]) -> dict[date, str]:
	"""Days that differ from the week: `Holiday` or `Working Day`."""
	rows = frappe.get_all(
		"Work Calendar Day",
		filters={"parenttype": "Work Calendar", "parent": ["in", [str(year) for year in years]]},
		fields=["day", "kind"],
	)
	return {getdate(row.day): row.kind for row in rows}


class Plan:
	"""Who works when in a span of days: published rosters first, for everybody else the week with its holidays.

	`shift(staff, day)` is the Shift of the day, None for a rest day.
	"""

	def __init__(self, project: str, staff: Iterable[str], start: date, end: date) -> None:
		self.shifts = shifts_of(project)
		self.special = special_days(range(start.year, end.year + 1))
		self.rostered: dict[tuple[str, date], str] = {}
		staff, months = list(staff), sorted({day.strftime("%Y-%m") for day in leave_days.days_between(start, end)})
		if not staff:
			return
		roster, line = frappe.qb.DocType("Duty Roster"), frappe.qb.DocType("Duty Roster Line")
		rows = (
			frappe.qb.from_(roster)
			.join(line)
			.on((line.parent == roster.name) & (line.parenttype == "Duty Roster"))
			.select(roster.month, line.staff, line.days)
			.where((roster.docstatus == 1) & roster.month.isin(months) & line.staff.isin(staff))
			.run()
		)
		for month, name, days in rows:
			for day, code in zip(month_days(month), codes(days), strict=False):
				self.rostered[name, day] = code

	def shift(self, staff: str, day: date) -> Shift | None:
		code = self.rostered.get((staff, day))
		if code is not None:
			return None if code in ("", REST) else self.shifts.get(code, DEFAULT_SHIFT)
		return DEFAULT_SHIFT if leave_days.is_working_day(day, self.special) else None

	def day_kind(self, staff: str, day: date) -> str:
		"""What overtime on this day is: `Holiday`, `Rest Day` or `Working Day`."""
		if self.special.get(day) == "Holiday":
			return "Holiday"
		return "Working Day" if self.shift(staff, day) else "Rest Day"
