"""Rules of attendance, leave, check-in, time clocks and tests, without a database (D28, D29, S6)."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import attendance, geofence, leave_days, time_clock, training_test

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
PARTS = (st.sampled_from(["Whole Day", "Afternoon"]), st.sampled_from(["Whole Day", "Morning"]))


@given(DAYS, st.integers(0, 40), *PARTS)
def test_every_half_day_is_counted_once(start, length, first_part, last_part):
	end = start + timedelta(days=length)
	span = leave_days.half_days(start, first_part, end, last_part)
	parts = list(leave_days.parts(span))
	halves = sum(2 if part == "Whole Day" else 1 for _day, part in parts)
	assert halves == max(0, span[1] - span[0] + 1)
	total = sum(leave_days.count(span, lambda day: True).values(), Decimal(0))
	assert total == Decimal(halves) / 2
	expected = length + 1 - Decimal("0.5") * ((first_part == "Afternoon") + (last_part == "Morning"))
	assert total == max(expected, Decimal(0))


@given(DAYS, st.integers(0, 30), *PARTS)
def test_working_days_are_never_more_than_days_and_years_add_up(start, length, first_part, last_part):
	span = leave_days.half_days(start, first_part, start + timedelta(days=length), last_part)
	working = leave_days.count(span, lambda day: leave_days.is_working_day(day, {}))
	every = leave_days.count(span, lambda day: True)
	assert all(working.get(year, 0) <= days for year, days in every.items())
	assert set(working) <= set(every) <= {start.year, start.year + 1}


@given(DAYS, st.integers(0, 9), DAYS, st.integers(0, 9), *PARTS)
def test_two_spans_overlap_when_a_half_day_is_in_both(one, one_days, other, other_days, first_part, last_part):
	a = leave_days.half_days(one, first_part, one + timedelta(days=one_days), "Whole Day")
	b = leave_days.half_days(other, "Whole Day", other + timedelta(days=other_days), last_part)
	shared = set(range(a[0], a[1] + 1)) & set(range(b[0], b[1] + 1))
	assert leave_days.overlap(a, b) == leave_days.overlap(b, a)
	if a[0] <= a[1] and b[0] <= b[1]:
		assert leave_days.overlap(a, b) == bool(shared)


def test_the_calendar_has_the_last_word_about_a_day():
	saturday, friday = date(2025, 10, 11), date(2025, 10, 3)
	assert leave_days.is_working_day(saturday, {saturday: "Working Day"})
	assert not leave_days.is_working_day(friday, {friday: "Holiday"})
	assert leave_days.is_working_day(friday, {}) and not leave_days.is_working_day(saturday, {})


DAY_SHIFT = attendance.Shift("D", time(9), time(18), 60, 5)
NIGHT_SHIFT = attendance.Shift("N", time(20), time(8), 60, 5)
DAY = date(2025, 3, 3)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
	return datetime.combine(day, time(hour, minute))


def test_shifts_know_their_hours_also_across_midnight():
	assert (DAY_SHIFT.hours, NIGHT_SHIFT.hours) == (Decimal("8.00"), Decimal("11.00"))


@pytest.mark.parametrize(
	("ins", "outs", "leave", "state", "late", "early", "missing"),
	[
		([at(8, 55)], [at(18, 1)], None, "present", 0, 0, 0),
		([at(9, 5)], [at(18)], None, "present", 0, 0, 0),
		([at(9, 6)], [at(18)], None, "late", 6, 0, 0),
		([at(9)], [at(17, 30)], None, "early", 0, 30, 0),
		([at(9, 20)], [at(17)], None, "late", 20, 60, 0),
		([at(9)], [], None, "missing", 0, 0, 1),
		([], [at(18)], None, "missing", 0, 0, 1),
		([], [], None, "absent", 0, 0, 0),
		([], [], "Whole Day", "leave", 0, 0, 0),
		([at(13, 30)], [at(18)], "Morning", "present", 0, 0, 0),
		([at(9)], [at(13, 30)], "Afternoon", "present", 0, 0, 0),
		([], [], "Morning", "absent", 0, 0, 0),
	],
)
def test_verdicts_of_a_day(ins, outs, leave, state, late, early, missing):
	day = attendance.judge(DAY_SHIFT, DAY, ins, outs, leave)
	assert (day.state, day.late, day.early, day.missing) == (state, late, early, missing)


@given(
	st.one_of(st.none(), st.just(DAY_SHIFT), st.just(NIGHT_SHIFT)),
	st.lists(st.datetimes(datetime(2025, 3, 3), datetime(2025, 3, 4, 12)), max_size=4),
	st.lists(st.datetimes(datetime(2025, 3, 3), datetime(2025, 3, 4, 12)), max_size=4),
	st.sampled_from([None, "Whole Day", "Morning", "Afternoon"]),
)
def test_presence_absence_and_leave_make_the_day(shift, ins, outs, leave):
	day = attendance.judge(shift, DAY, ins, outs, leave)
	assert day.present + day.absent + day.leave == day.due
	assert min(day.present, day.absent, day.leave, day.late, day.early) >= 0
	assert day.due == (1 if shift else 0)


def test_a_morning_after_the_night_shift_belongs_to_the_evening_before():
	plan = {DAY: NIGHT_SHIFT}
	assert attendance.duty_date(at(8, 5, DAY + timedelta(days=1)), plan.get) == DAY
	assert attendance.duty_date(at(19, 50), plan.get) == DAY
	# the next shift begins soon after: whoever comes then comes for it
	plan[DAY + timedelta(days=1)] = attendance.Shift("L", time(11), time(20))
	assert attendance.duty_date(at(8, 5, DAY + timedelta(days=1)), plan.get) == DAY
	assert attendance.duty_date(at(10, 55, DAY + timedelta(days=1)), plan.get) == DAY + timedelta(days=1)


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(-0.02, 0.02), st.floats(-0.02, 0.02))
def test_distance_is_symmetric_and_about_right(latitude, longitude, north, east):
	there = (latitude + north, longitude + east)
	metres = geofence.distance(latitude, longitude, *there)
	assert metres == pytest.approx(geofence.distance(*there, latitude, longitude), abs=0.01)
	assert metres >= abs(north) * 110_000 - 0.01
	assert metres <= (abs(north) + abs(east)) * 111_500 + 0.01


def test_the_nearest_edge_counts_and_positions_are_checked():
	small = {"name": "small", "latitude": 30.0, "longitude": 120.0, "radius": 50}
	large = {"name": "large", "latitude": 30.004, "longitude": 120.0, "radius": 400}
	area, metres = geofence.nearest([small, large], 30.002, 120.0)
	assert area["name"] == "large" and 200 < metres < 240
	assert geofence.nearest([], 30, 120) == (None, 0)
	assert geofence.is_position(30, 120)
	assert not any(geofence.is_position(*bad) for bad in ((float("nan"), 1), (91, 0), (0, 181), (float("inf"), 0)))


CLOCK = "工号,姓名,打卡时间,类型\n001,张三,2025-03-03 08:55,上班\n001,张三,2025/3/3 18:02:11,下班\n,李四,2025-03-03 09:00,上班\n002,李四,昨天,上班\n002,李四,2025-03-03 09:00,午休\n\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_clock_file_is_read_in_every_encoding(encoding):
	rows, refusals = time_clock.read(CLOCK.encode(encoding))
	assert [(row.number, row.staff_no, row.moment, row.kind) for row in rows] == [
		(2, "001", datetime(2025, 3, 3, 8, 55), "Clock In"),
		(3, "001", datetime(2025, 3, 3, 18, 2, 11), "Clock Out"),
	]
	assert [(row.number, row.code) for row in refusals] == [(4, "no_number"), (5, "bad_time"), (6, "bad_kind")]


def test_date_and_time_may_stand_apart_and_the_kind_may_be_missing():
	rows, refusals = time_clock.read("员工编号;日期;时间\n7;2025年3月3日;08:55\n7;20250303;18:00\n".encode("gbk"))
	assert not refusals
	assert [(row.moment, row.kind) for row in rows] == [(at(8, 55), None), (at(18), None)]


@pytest.mark.parametrize(
	("content", "code"),
	[
		(b"", "empty"),
		(b"  \n\n", "empty"),
		("姓名,打卡时间\n张三,2025-03-03 08:55".encode(), "columns"),
		("工号,姓名\n1,张三".encode(), "columns"),
		(b"\x89PNG\x00\x00\xff\xfe\xfd", "encoding"),
	],
)
def test_files_that_are_no_clock_files_are_refused(content, code):
	with pytest.raises(time_clock.NotATimeClockFile) as refused:
		time_clock.read(content)
	assert refused.value.args[0] == code


@given(st.binary(max_size=200))
def test_no_content_breaks_the_reader(content):
	try:
		rows, refusals = time_clock.read(content)
	except time_clock.NotATimeClockFile:
		return
	assert all(row.staff_no for row in rows) and all(row.code for row in refusals)


@given(st.lists(st.sampled_from(["A", "B", "AC", "BD"]), min_size=1, max_size=20), st.randoms())
def test_a_score_counts_right_answers(right, chance):
	given_answers = [answer if chance.random() < 0.5 else None for answer in right]
	good = sum(1 for answer in given_answers if answer)
	assert abs(training_test.score(right, given_answers) - Decimal(100 * good) / len(right)) <= Decimal("0.05")
	assert training_test.score(right, [",".join(reversed(answer)).lower() for answer in right]) == 100


@given(st.integers(0, 30), st.integers(0, 30), st.text(max_size=5))
def test_questions_are_drawn_once_each_and_again_the_same(bank, number, seed):
	names = [f"q{index}" for index in range(bank)]
	drawn = training_test.draw(names, number, seed)
	assert len(drawn) == len(set(drawn)) == min(bank, number)
	assert drawn == training_test.draw(list(reversed(names)), number, seed)


@pytest.mark.parametrize(
	("kind", "options", "answer", "problem"),
	[
		("Single Choice", ["x", "y", None, None], "A", None),
		("Single Choice", ["x", "y", None, None], "AB", "one"),
		("Single Choice", ["x", None, None, None], "A", "options"),
		("Single Choice", ["x", None, "z", None], "A", "options"),
		("Single Choice", ["x", "y", None, None], "C", "answer"),
		("Multiple Choice", ["x", "y", "z", None], "AC", None),
		("Multiple Choice", ["x", "y", "z", None], "A", "many"),
		("True or False", [None] * 4, "B", None),
		("True or False", [None] * 4, "", "answer"),
	],
)
def test_questions_in_order(kind, options, answer, problem):
	assert training_test.check_question(kind, options, answer) == problem
