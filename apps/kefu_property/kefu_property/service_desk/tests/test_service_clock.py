"""The clock of the service desk: known answers, and properties over time zones, holidays and pauses."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kefu_property.rules import service_clock as clock

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
OFFICE = dict.fromkeys(range(5), ((510, 720), (780, 1050)))  # Monday to Friday, 8:30-12:00 and 13:00-17:30


def at(text: str, zone=SHANGHAI) -> datetime:
	return datetime.fromisoformat(text).replace(tzinfo=zone)


def office(**days) -> clock.Calendar:
	return clock.Calendar(
		SHANGHAI, OFFICE, {date.fromisoformat(k.replace("d", "").replace("_", "-")): v for k, v in days.items()}
	)


@pytest.mark.parametrize(
	("start", "minutes", "due"),
	[
		("2026-03-02 09:00", 15, "2026-03-02 09:15"),
		("2026-03-02 11:55", 15, "2026-03-02 13:10"),  # over lunch
		("2026-03-02 17:25", 15, "2026-03-03 08:40"),  # over night
		("2026-03-06 17:25", 15, "2026-03-09 08:40"),  # over the weekend
		("2026-03-07 03:00", 15, "2026-03-09 08:45"),  # a call on Saturday night
		("2026-03-02 08:30", 480, "2026-03-02 17:30"),  # a whole day of eight hours ends at closing, not next morning
	],
)
def test_minutes_run_in_working_hours_only(start, minutes, due):
	assert clock.add(office(), at(start), timedelta(minutes=minutes)) == at(due)


def test_holiday_stops_and_day_worked_instead_counts():
	# 1 October is a holiday, Saturday 10 October is worked instead
	calendar = office(d2026_10_01=(), d2026_10_02=(), d2026_10_10=((510, 720),))
	assert clock.add(calendar, at("2026-09-30 17:20"), timedelta(minutes=20)) == at("2026-10-05 08:40")
	assert clock.add(calendar, at("2026-10-09 17:25"), timedelta(minutes=15)) == at("2026-10-10 08:40")


@pytest.mark.parametrize(
	("start", "days", "working", "due"),
	[
		("2026-03-02 10:00", 3, True, "2026-03-05 10:00"),
		("2026-03-06 10:00", 3, True, "2026-03-11 10:00"),
		("2026-03-07 10:00", 3, True, "2026-03-12 08:30"),  # Saturday counts from Monday's opening
		("2026-03-06 10:00", 3, False, "2026-03-09 10:00"),
		("2026-03-06 23:30", 1, False, "2026-03-07 23:30"),
	],
)
def test_days(start, days, working, due):
	assert clock.add_days(office(), at(start), days, working) == at(due)


def test_calendar_day_keeps_local_time_when_clocks_change():
	calendar = clock.round_the_clock(BERLIN)
	due = clock.add_days(calendar, at("2026-03-28 10:00", BERLIN), 1, working=False)
	assert due == at("2026-03-29 10:00", BERLIN)
	assert due - at("2026-03-28 10:00", BERLIN).astimezone(timezone.utc) == timedelta(hours=23)


def test_night_in_which_an_hour_is_missing_is_shorter():
	calendar = clock.round_the_clock(BERLIN)
	night = clock.elapsed(calendar, at("2026-03-29 00:00", BERLIN), at("2026-03-30 00:00", BERLIN))
	assert night == timedelta(hours=23)


def test_pause_moves_the_deadline_by_the_working_time_it_took():
	due = at("2026-03-02 17:00")
	pauses = [(at("2026-03-02 16:30"), at("2026-03-03 09:00"))]  # one hour before closing, half an hour after opening
	assert clock.extend(office(), at("2026-03-02 09:00"), due, pauses) == at("2026-03-03 09:30")


def test_running_pause_has_no_deadline_and_late_pause_changes_nothing():
	start, due = at("2026-03-02 09:00"), at("2026-03-02 10:00")
	assert clock.extend(office(), start, due, [(at("2026-03-02 09:30"), None)]) is None
	assert clock.extend(office(), start, due, [(at("2026-03-02 10:30"), None)]) == due


def test_calendar_without_working_time_is_refused():
	with pytest.raises(clock.NoWorkingTime):
		clock.add(clock.Calendar(SHANGHAI, {}), at("2026-03-02 09:00"), timedelta(minutes=1))


@pytest.mark.parametrize("spans", [((600, 500),), ((0, 1500),), ((0, 600), (500, 700)), ((-5, 10),)])
def test_wrong_spans_are_refused(spans):
	with pytest.raises(clock.InvalidSpan):
		clock.Calendar(SHANGHAI, {0: spans})


zones = st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), timezone.utc])
span = st.tuples(st.integers(0, 700), st.integers(1, 700)).map(lambda pair: ((pair[0], pair[0] + pair[1]),))
weeks = st.dictionaries(st.integers(0, 6), span, min_size=1, max_size=7)
days = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.one_of(st.just(()), span), max_size=20)
calendars = st.builds(clock.Calendar, zones, weeks, days)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 30), timezones=st.just(timezone.utc))
amounts = st.integers(1, 5000).map(lambda minutes: timedelta(minutes=minutes))


@settings(deadline=None)
@given(calendars, moments, amounts)
def test_exactly_the_amount_passes_until_the_deadline(calendar, start, amount):
	due = clock.add(calendar, start, amount)
	assert clock.elapsed(calendar, start, due) == amount
	assert clock.elapsed(calendar, start, due - timedelta(microseconds=1)) < amount


@settings(deadline=None)
@given(calendars, moments, amounts, amounts)
def test_deadlines_add_up_and_grow(calendar, start, first, second):
	assert clock.add(calendar, clock.add(calendar, start, first), second) == clock.add(calendar, start, first + second)
	assert clock.add(calendar, start, first) < clock.add(calendar, start, first + second)


@settings(deadline=None)
@given(calendars, moments, amounts, st.lists(st.tuples(moments, amounts), max_size=4))
def test_waiting_never_counts(calendar, start, amount, waits):
	pauses = [(begins, begins + length) for begins, length in waits]
	due = clock.extend(calendar, start, clock.add(calendar, start, amount), pauses)
	worked = clock.elapsed(calendar, start, due)
	waited = sum(
		(
			clock.elapsed(calendar, max(begins, start), min(ends, due))
			for begins, ends in clock.merge(pauses)
			if begins < due
		),
		timedelta(),
	)
	assert worked - waited == amount


@settings(deadline=None)
@given(calendars, moments, st.integers(1, 30))
def test_working_days_end_in_working_time(calendar, start, count):
	due = clock.add_days(calendar, start, count)
	day = due.astimezone(calendar.zone).date()
	opened = {day} | {day - timedelta(days=1)}  # a closing at midnight belongs to the day before
	assert any(calendar.works(one) for one in opened)
	assert due > start


@settings(deadline=None)
@given(calendars, moments, amounts, amounts, amounts, amounts)
def test_it_does_not_matter_how_a_wait_is_written_down(calendar, start, amount, later, first, second):
	"""One wait, the same in two pieces in any order, or noted twice: the deadline is the same, and never earlier."""
	due = clock.add(calendar, start, amount)
	begins = start + later
	middle, ends = begins + first, begins + first + second
	whole = clock.extend(calendar, start, due, [(begins, ends)])
	assert clock.extend(calendar, start, due, [(middle, ends), (begins, middle)]) == whole
	assert clock.extend(calendar, start, due, [(begins, ends), (begins, ends)]) == whole
	assert whole >= due
