"""Service standards of the projects: deadlines and working time, from the database to the clock (D3, L13)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import get_datetime

from kefu_property import compat
from kefu_property.rules import service_clock as clock

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORKING, ROUND_THE_CLOCK = "Working Hours", "Round the Clock"

#: (kind, severity): first answer and feedback in minutes, days to close, kind of days, clock (L13: practice and Hangzhou 50)
DEFAULT_DEADLINES = {
	("Complaint", "Low"): (30, 1440, 10, "Calendar Days", WORKING),
	("Complaint", "Normal"): (15, 1440, 3, "Calendar Days", ROUND_THE_CLOCK),
	("Complaint", "High"): (15, 480, 2, "Calendar Days", ROUND_THE_CLOCK),
	("Complaint", "Urgent"): (10, 120, 1, "Calendar Days", ROUND_THE_CLOCK),
	("Repair Order", "Low"): (30, 1440, 7, "Calendar Days", WORKING),
	("Repair Order", "Normal"): (15, 1440, 3, "Calendar Days", ROUND_THE_CLOCK),
	("Repair Order", "High"): (15, 240, 1, "Calendar Days", ROUND_THE_CLOCK),
	("Repair Order", "Urgent"): (10, 60, 1, "Calendar Days", ROUND_THE_CLOCK),
	("Enquiry", "Low"): (60, 1440, 10, "Working Days", WORKING),
	("Enquiry", "Normal"): (30, 1440, 3, "Working Days", WORKING),
	("Enquiry", "High"): (15, 480, 2, "Working Days", WORKING),
	("Enquiry", "Urgent"): (15, 120, 1, "Calendar Days", ROUND_THE_CLOCK),
}
DEFAULT_HOURS = tuple((day, "08:30:00", "17:30:00") for day in WEEKDAYS)


def default_rows() -> dict:
	"""Child rows of a new Service Standard."""
	fields = ("first_answer_minutes", "feedback_minutes", "close_days", "day_kind", "clock")
	return {
		"deadlines": [
			{"kind": kind, "severity": severity, **dict(zip(fields, row, strict=True))}
			for (kind, severity), row in DEFAULT_DEADLINES.items()
		],
		"hours": [{"weekday": day, "from_time": start, "to_time": end} for day, start, end in DEFAULT_HOURS],
	}


def standard_of(project: str):
	"""The project's Service Standard, or a new one with the defaults that is not saved."""
	if frappe.db.exists("Service Standard", project):
		return frappe.get_cached_doc("Service Standard", project)
	return frappe.get_doc(
		{"doctype": "Service Standard", "project": project, "time_zone": "Asia/Shanghai", **default_rows()}
	)


def minutes_of(value: timedelta | str | None) -> int:
	"""Minutes after midnight of a time field; the last minute of a day counts as its end."""
	if value is None or value == "":
		return 0
	if isinstance(value, timedelta):
		seconds = int(value.total_seconds())
	else:
		hours, minutes, *rest = (int(float(part)) for part in str(value).split(":"))
		seconds = hours * 3600 + minutes * 60 + (rest[0] if rest else 0)
	return clock.DAY_MINUTES if seconds >= 86340 else seconds // 60


def calendar_of(standard) -> clock.Calendar:
	"""Working calendar of a standard. Raises clock.InvalidSpan for hours that overlap or end before they begin."""
	week: dict[int, list[clock.Span]] = {}
	for row in standard.hours:
		week.setdefault(WEEKDAYS.index(row.weekday), []).append((minutes_of(row.from_time), minutes_of(row.to_time)))
	days: dict = {}
	for row in standard.days or ():
		spans = days.setdefault(frappe.utils.getdate(row.day), [])
		if row.kind == "Working Day":
			spans.append((minutes_of(row.from_time), minutes_of(row.to_time)))
	return clock.Calendar(
		ZoneInfo(standard.time_zone or "Asia/Shanghai"),
		{day: sorted(spans) for day, spans in week.items()},
		{day: sorted(spans) for day, spans in days.items()},
	)


def to_clock(moment: datetime | str) -> datetime:
	"""A moment of the database (local time of the site) for the clock."""
	return get_datetime(moment).replace(tzinfo=ZoneInfo(compat.site_time_zone()))


def from_clock(moment: datetime | None) -> datetime | None:
	"""A moment of the clock for the database: local time of the site, whole seconds."""
	if moment is None:
		return None
	return moment.astimezone(ZoneInfo(compat.site_time_zone())).replace(tzinfo=None, microsecond=0)


def deadlines(case) -> dict[str, datetime | None]:
	"""`first_answer_due`, `feedback_due`, `close_due` of a case; None while the case waits for the owner."""
	standard = standard_of(case.project)
	row = next((row for row in standard.deadlines if (row.kind, row.severity) == (case.doctype, case.severity)), None)
	if row:
		facts = (row.first_answer_minutes, row.feedback_minutes, row.close_days, row.day_kind, row.clock)
	else:
		facts = DEFAULT_DEADLINES[case.doctype, case.severity]
	first_answer, feedback, days, day_kind, counting = facts
	working = calendar_of(standard)
	minutes = working if counting == WORKING else clock.round_the_clock(working.zone)
	start = to_clock(case.received_on)
	pauses = [(to_clock(pause.from_time), to_clock(pause.to_time) if pause.to_time else None) for pause in case.pauses]
	in_days = working if day_kind == "Working Days" else clock.round_the_clock(working.zone)
	due = {
		"first_answer_due": (minutes, clock.add(minutes, start, timedelta(minutes=first_answer))),
		"feedback_due": (minutes, clock.add(minutes, start, timedelta(minutes=feedback))),
		"close_due": (in_days, clock.add_days(in_days, start, days, working=day_kind == "Working Days")),
	}
	return {key: from_clock(clock.extend(calendar, start, moment, pauses)) for key, (calendar, moment) in due.items()}
