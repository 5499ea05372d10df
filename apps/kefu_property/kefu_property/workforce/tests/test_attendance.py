"""Rosters, check-ins, corrections, clock files, leave, overtime, the month (S6, D29)."""

from datetime import datetime, timedelta, timezone
from io import BytesIO

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import now_datetime, today
from frappe.www.printview import get_html_and_style
from openpyxl import load_workbook

from kefu_property.workforce import checkin, jobs, leave, months
from kefu_property.workforce import exceptions as errors
from kefu_property.workforce.doctype.staff_attendance_sheet.staff_attendance_sheet import excel
from tests.factories.registry import make_project
from tests.factories.users import as_role, as_user, make_user
from tests.factories.workforce import (
	make_area,
	make_entitlement,
	make_roster,
	make_shift,
	make_staff,
	new_leave,
	publish,
)

HERE = {"latitude": 30.25, "longitude": 120.15, "accuracy": 20}


@pytest.fixture
def project():
	return make_project().name


def login(project: str, label: str, *roles: str) -> str:
	return make_user(
		*(roles or ("Technician",)), projects=(project,), email=f"{label}-{project.lower()}@test.kefu.example"
	)


def clock(**away) -> str:
	return (datetime.now(timezone.utc) + timedelta(**away)).isoformat()


def punch(staff, moment: str, kind: str):
	return checkin.record(staff, kind, datetime.fromisoformat(moment), "Mobile Check-in")


# --- check-in on the phone ---------------------------------------------------------------------------------------


def test_somebody_checks_in_and_out_on_the_phone(project):
	make_area(project)
	user = login(project, "phone")
	staff = make_staff(project, user=user)
	with as_user(user):
		assert checkin.today_of_mine()["next"] == "Clock In"
		answer = checkin.punch("Clock In", **HERE, client_time=clock())
		assert (answer["area"], answer["distance"]) == ("Office", 0)
		assert checkin.today_of_mine()["next"] == "Clock Out"
		with pytest.raises(errors.PunchTwice):
			checkin.punch("Clock In", **HERE, client_time=clock())
		checkin.punch("Clock Out", **HERE, client_time=clock(seconds=-60))
		own = frappe.get_list("Duty Punch", fields=["kind", "taken_on", "source"], order_by="kind")
	assert [(row.kind, row.source) for row in own] == [
		("Clock In", "Mobile Check-in"),
		("Clock Out", "Mobile Check-in"),
	]
	# the server's time counts, not the phone's
	assert all(abs(now_datetime() - row.taken_on) < timedelta(seconds=30) for row in own)
	row = frappe.get_doc("Duty Punch", {"staff": staff.name, "kind": "Clock In"})
	row.taken_on = "2025-01-01 08:00:00"
	with pytest.raises(errors.InUse):
		row.save(ignore_permissions=True)
	with pytest.raises(errors.InUse):
		row.delete(ignore_permissions=True)


@pytest.mark.parametrize(
	("change", "error", "text"),
	[
		({"latitude": 30.26}, errors.OutsideArea, "metres from Office"),
		({"latitude": float("nan")}, errors.NoPosition, "location"),
		({"latitude": 123}, errors.NoPosition, "location"),
		({"accuracy": 2000}, errors.NoPosition, "2000 metres"),
		({"accuracy": -1}, errors.NoPosition, "location"),
		({"client_time": "yesterday"}, errors.WrongClock, "time"),
		({"client_time": "2025-03-03T09:00:00"}, errors.WrongClock, "time"),
		({"minutes": 30}, errors.WrongClock, "30 minutes ahead"),
		({"minutes": -45}, errors.WrongClock, "45 minutes behind"),
		({"kind": "Lunch"}, errors.PunchTwice, "check-in or check-out"),
	],
)
def test_wrong_place_and_wrong_clock_are_refused_in_clear_words(project, change, error, text):
	make_area(project)
	user = login(project, "wrong")
	staff = make_staff(project, user=user)
	minutes = change.get("minutes", 0)
	values = {"kind": "Clock In", **HERE, "client_time": clock(minutes=minutes)} | change
	values.pop("minutes", None)
	with as_user(user), pytest.raises(error, match=text):
		checkin.punch(**values)
	assert not frappe.db.count("Duty Punch", {"staff": staff.name})


def test_without_area_or_staff_file_nobody_checks_in(project):
	user = login(project, "nobody")
	with as_user(user), pytest.raises(errors.NotStaff, match="staff file"):
		checkin.punch("Clock In", **HERE, client_time=clock())
	make_staff(project, user=user)
	with as_user(user), pytest.raises(errors.NoArea):
		checkin.punch("Clock In", **HERE, client_time=clock())
	for values, error in (
		({"radius": 5}, errors.InvalidArea),
		({"latitude": 95}, errors.InvalidArea),
		({"latitude": 0, "longitude": 0}, errors.InvalidArea),
	):
		with pytest.raises(error):
			make_area(project, **values)


def test_positions_are_forgotten(project):
	staff = make_staff(project)
	row = checkin.record(
		staff, "Clock In", datetime(2025, 3, 3, 9), "Mobile Check-in", latitude=30.25, longitude=120.15, accuracy=5
	)
	jobs.forget_positions()
	assert frappe.db.get_value("Duty Punch", row.name, ["latitude", "longitude", "kind"]) == (0, 0, "Clock In")


# --- roster ----------------------------------------------------------------------------------------------------------


def test_a_roster_is_made_approved_and_read_by_its_people(project):
	make_shift(project, "D")
	make_shift(project, "N", "20:00:00", "08:00:00")
	one, two = make_staff(project), make_staff(project)
	with as_role("CS Supervisor", project=project):
		doc = frappe.get_doc({"doctype": "Duty Roster", "project": project, "month": "2025-02"}).insert()
		assert doc.add_people() == 2 and doc.add_people() == 0
		doc.lines[0].days = ",".join(["D", "D", "N"] * 9)
		doc.save()
		doc = apply_workflow(doc, "Submit for Approval")
	with as_role("Office Director", project=project):
		doc = apply_workflow(frappe.get_doc("Duty Roster", doc.name), "Approve")
	assert doc.published_on and len(doc.lines[1].days.split(",")) == 28
	with pytest.raises(errors.RosterTwice, match=doc.name):
		make_roster(project, "2025-02", {one.name: "D"})
	doc.lines[1].days = "N"
	doc.save(ignore_permissions=True)
	doc.append("lines", {"staff": make_staff(project).name})
	with pytest.raises(errors.RosterInvalid):
		doc.save(ignore_permissions=True)
	assert two.name in [row.staff for row in doc.lines]


@pytest.mark.parametrize(
	("month", "days", "error"),
	[
		("2025-13", "D", errors.InvalidMonth),
		("March", "D", errors.InvalidMonth),
		("2025-02", "X", errors.RosterInvalid),
		("2025-02", ",".join(["D"] * 29), errors.RosterInvalid),
	],
)
def test_a_roster_with_faults_is_refused(project, month, days, error):
	make_shift(project, "D")
	with pytest.raises(error):
		make_roster(project, month, {make_staff(project).name: days})


def test_shifts_have_a_length_and_a_usable_code(project):
	for values in ({"end": "09:00:00"}, {"code": "-"}, {"code": "A,B"}, {"break_minutes": 600}):
		with pytest.raises(errors.ShiftTimes):
			make_shift(project, **values)
	assert make_shift(project, "N", "20:00:00", "08:00:00").hours == 11


# --- leave -----------------------------------------------------------------------------------------------------------


def test_leave_is_asked_for_decided_and_taken_from_the_balance(project):
	user = login(project, "asks")
	staff = make_staff(project, user=user)
	make_entitlement(staff, 5)
	with as_user(user):
		request = new_leave(staff, "2025-03-06", "2025-03-11", "Annual Leave", from_part="Afternoon").insert()
		assert request.days == 3.5  # Thursday afternoon to Tuesday
		request = apply_workflow(request, "Submit for Approval")
		with pytest.raises(frappe.ValidationError):
			apply_workflow(request, "Approve")
		with pytest.raises(errors.NoBalance, match=r"1\.5 days"):
			new_leave(staff, "2025-04-01", "2025-04-02", "Annual Leave").insert()
	kind = frappe.get_doc("Leave Kind", "Annual Leave")
	assert [str(leave.balance(staff.name, kind, 2025)[key]) for key in ("entitled", "taken", "waiting")] == [
		"5.0",
		"0",
		"3.5",
	]
	with as_role("CS Supervisor", project=project) as supervisor:
		request = apply_workflow(frappe.get_doc("Leave Request", request.name), "Approve")
		assert request.approved_by == supervisor
		assert str(leave.balance(staff.name, kind, 2025)["taken"]) == "3.5"
		apply_workflow(request, "Cancel")
	assert str(leave.balance(staff.name, kind, 2025)["left"]) == "5.0"


@pytest.mark.parametrize(
	("start", "end", "values", "error"),
	[
		("2025-03-05", "2025-03-04", {}, errors.PeriodReversed),
		("2025-03-05", "2025-03-05", {"from_part": "Afternoon", "to_part": "Morning"}, errors.PeriodReversed),
		("2025-03-08", "2025-03-09", {}, errors.NoDays),
		("2025-03-03", "2026-06-01", {}, errors.PeriodReversed),
		("2025-03-10", "2025-03-10", {}, errors.LeaveOverlap),
		("2025-03-06", "2025-03-12", {}, errors.LeaveOverlap),
		("2025-03-10", "2025-03-10", {"kind": "Maternity Leave"}, errors.LeaveNotPossible),
		("2025-03-20", "2025-03-20", {"kind": "Marriage Leave", "from_part": "Afternoon"}, errors.LeaveNotPossible),
		("2025-03-20", "2025-03-21", {"kind": "Sick Leave"}, errors.LeaveNotPossible),
		("2025-03-20", "2025-03-20", {"kind": "Annual Leave"}, errors.NoBalance),
	],
)
def test_leave_that_is_not_possible_is_refused(project, start, end, values, error):
	staff = make_staff(project, gender="Male")
	new_leave(staff, "2025-03-10", "2025-03-11").insert(ignore_permissions=True)
	with pytest.raises(error):
		new_leave(staff, start, end, **values).insert(ignore_permissions=True)


def test_two_halves_of_a_day_do_not_overlap(project):
	staff = make_staff(project)
	new_leave(staff, "2025-03-10", "2025-03-10", to_part="Morning").insert(ignore_permissions=True)
	other = new_leave(staff, "2025-03-10", "2025-03-10", from_part="Afternoon").insert(ignore_permissions=True)
	assert other.days == 0.5


def test_nobody_asks_for_others_or_approves_his_own(project):
	user, lead = login(project, "one"), login(project, "lead", "Engineering Lead")
	boss = make_staff(project, user=lead)
	mine, other = make_staff(project, user=user, manager=boss.name), make_staff(project)
	with as_user(user):
		with pytest.raises(frappe.PermissionError):
			new_leave(other, "2025-03-10", "2025-03-10").insert()
		request = apply_workflow(new_leave(mine, "2025-03-10", "2025-03-10").insert(), "Submit for Approval")
	with as_role("Order and Cleaning Lead", project=project):
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("Leave Request", request.name).check_permission("read")
		assert not frappe.get_list("Leave Request", {"project": project})
	with as_user(lead):
		assert frappe.get_list("Leave Request", pluck="name") == [request.name]
		apply_workflow(frappe.get_doc("Leave Request", request.name), "Approve")
	with as_role("HR Clerk", project=project):
		own = apply_workflow(new_leave(boss, "2025-03-10", "2025-03-10").insert(), "Submit for Approval")
	with as_user(lead), pytest.raises(errors.OwnPaper, match="about you"):
		apply_workflow(frappe.get_doc("Leave Request", own.name), "Approve")


def test_the_roster_and_the_calendar_say_which_days_count(project):
	make_shift(project, "D")
	staff, office = make_staff(project), make_staff(project)
	make_roster(project, "2025-03", {staff.name: ",".join(["-", "-", "D", "D"] * 7)})
	assert new_leave(staff, "2025-03-01", "2025-03-04").insert(ignore_permissions=True).days == 2
	if not frappe.db.exists("Work Calendar", "2019"):
		frappe.get_doc(
			{
				"doctype": "Work Calendar",
				"year": 2019,
				"days": [{"day": "2019-10-01", "kind": "Holiday"}, {"day": "2019-10-12", "kind": "Working Day"}],
			}
		).insert()
	assert new_leave(office, "2019-09-30", "2019-10-01").insert(ignore_permissions=True).days == 1
	assert new_leave(office, "2019-10-12", "2019-10-13").insert(ignore_permissions=True).days == 1
	with pytest.raises(errors.PeriodReversed):
		frappe.get_doc(
			{"doctype": "Work Calendar", "year": 2018, "days": [{"day": "2019-10-01", "kind": "Holiday"}]}
		).insert()


# --- overtime and corrections --------------------------------------------------------------------------------------------


def overtime(staff, day: str, start: str, end: str, **values):
	return frappe.get_doc(
		{
			"doctype": "Overtime Request",
			"project": staff.project,
			"staff": staff.name,
			"duty_date": day,
			"from_time": start,
			"to_time": end,
			"reason": "Pipe burst",
			**values,
		}
	).insert(ignore_permissions=True)


def test_overtime_becomes_time_off(project):
	staff = make_staff(project)
	doc = overtime(staff, "2025-03-08", "09:00:00", "18:00:00")
	assert (doc.hours, doc.day_kind) == (9, "Rest Day")
	publish(doc)
	publish(overtime(staff, "2025-03-10", "18:00:00", "21:30:00"))
	paid = publish(overtime(staff, "2025-03-11", "22:00:00", "02:00:00", compensation="Overtime Pay"))
	assert (paid.hours, paid.day_kind) == (4, "Working Day")
	kind = frappe.get_doc("Leave Kind", "Time Off for Overtime")
	assert str(leave.balance(staff.name, kind, 2025)["left"]) == "1.5"  # 12.5 hours of 8 a day, in half days
	new_leave(staff, "2025-04-01", "2025-04-01", kind.name).insert(ignore_permissions=True)
	with pytest.raises(errors.NoBalance):
		new_leave(staff, "2025-04-02", "2025-04-02", kind.name).insert(ignore_permissions=True)
	for start, end, error in (
		("18:00:00", "18:00:00", errors.PeriodReversed),
		("19:00:00", "08:00:00", errors.PeriodReversed),
		("17:00:00", "19:00:00", errors.OvertimeOverlap),
		("20:00:00", "22:00:00", errors.OvertimeOverlap),
	):
		with pytest.raises(error):
			overtime(staff, "2025-03-10", start, end)


def correction(staff, moment: datetime, **values):
	values = {"duty_date": str(moment.date()), "reason": "Phone was flat", "kind": "Clock In"} | values
	return frappe.get_doc(
		{"doctype": "Duty Correction", "project": staff.project, "staff": staff.name, "taken_on": moment, **values}
	).insert(ignore_permissions=True)


def test_a_correction_counts_when_it_is_approved(project):
	staff = make_staff(project)
	moment = (now_datetime() - timedelta(days=1)).replace(hour=9, minute=2, second=0, microsecond=0)
	doc = correction(staff, moment)
	assert not frappe.db.count("Duty Punch", {"staff": staff.name})
	publish(doc)
	row = frappe.get_doc("Duty Punch", {"staff": staff.name})
	assert (row.taken_on, row.source, row.reference_name) == (moment, "Correction", doc.name)
	with pytest.raises(errors.PunchTwice):
		publish(correction(staff, moment))
	doc.flags.ignore_permissions = True
	doc.cancel()
	assert not frappe.db.count("Duty Punch", {"staff": staff.name})
	for moment, values in (
		(now_datetime() + timedelta(hours=2), {}),
		(now_datetime() - timedelta(days=40), {}),
		(now_datetime() - timedelta(days=5), {"duty_date": today()}),
	):
		with pytest.raises(errors.CorrectionNotPossible):
			correction(staff, moment, **values)


# --- the file of a time clock ---------------------------------------------------------------------------------------------


def clock_import(project: str, text: str, encoding: str = "gbk", **values):
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{frappe.generate_hash(length=8)}.csv",
			"content": text.encode(encoding),
			"is_private": 1,
		}
	).insert(ignore_permissions=True)
	return frappe.get_doc({"doctype": "Time Clock Import", "project": project, "file": file.file_url, **values}).insert(
		ignore_permissions=True
	)


def test_a_clock_file_is_imported_whole_or_not_at_all(project):
	make_shift(project, "N", "20:00:00", "08:00:00")
	one, two = make_staff(project), make_staff(project, leaving_date="2025-03-03")
	make_roster(project, "2025-03", {one.name: ",".join(["N"] * 31)})
	good = f"工号,姓名,打卡时间\n{one.staff_no},甲,2025-03-03 19:50\n{one.staff_no},甲,2025-03-04 08:01\n{two.staff_no},乙,2025/3/3 9:00\n"
	bad = (
		good
		+ f"{two.staff_no},乙,2025-03-05 09:00\nX9,丙,2025-03-03 09:00\n{one.staff_no},甲,2099-01-01 09:00\n{one.staff_no},甲,晚上\n"
	)
	doc = clock_import(project, bad)
	assert (doc.status, doc.rows_read, doc.rows_good, doc.rows_refused) == ("Checked", 7, 3, 4)
	assert [(row.row_no, row.problem) for row in doc.refusals] == [
		(5, "The person did not work here on this day."),
		(6, "Nobody of this project has this staff number."),
		(7, "The time lies in the future."),
		(8, "Date and time cannot be read."),
	]
	with pytest.raises(errors.RowsRefused, match="4 rows"):
		doc.import_rows()
	assert not frappe.db.count("Duty Punch", {"project": project})
	doc.reload()
	doc.good_rows_only = 1
	doc.save(ignore_permissions=True)
	assert doc.import_rows() == {"read": 7, "new": 3, "refused": 4}
	rows = frappe.get_all("Duty Punch", {"staff": one.name}, ["kind", "duty_date", "source"], order_by="taken_on")
	# the morning after belongs to the night shift before it
	assert [(row.kind, str(row.duty_date)) for row in rows] == [("Clock In", "2025-03-03"), ("Clock Out", "2025-03-03")]
	with pytest.raises(errors.ImportedBefore):
		clock_import(project, bad).import_rows()
	assert clock_import(project, good, "utf-8-sig").import_rows()["new"] == 0
	with pytest.raises(errors.InUse):
		doc.good_rows_only = 0
		doc.save(ignore_permissions=True)


@pytest.mark.parametrize("text", ["", "姓名,时间\n甲,9:00\n", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"])
def test_other_files_are_no_clock_files(project, text):
	with pytest.raises(errors.NotATimeClockFile):
		clock_import(project, text or "\n", "latin-1" if text.startswith("\x89") else "utf-8")


# --- the month --------------------------------------------------------------------------------------------------------------


def test_the_month_is_judged_approved_printed_and_exported(project):
	staff, other = make_staff(project), make_staff(project, date_of_joining="2025-03-31")
	for moment, kind in (
		("2025-03-03T08:58:00", "Clock In"),
		("2025-03-03T18:00:00", "Clock Out"),
		("2025-03-04T09:20:00", "Clock In"),
		("2025-03-04T17:30:00", "Clock Out"),
		("2025-03-05T09:00:00", "Clock In"),
	):
		punch(staff, moment, kind)
	publish(new_leave(staff, "2025-03-06", "2025-03-07").insert(ignore_permissions=True))
	publish(overtime(staff, "2025-03-08", "09:00:00", "12:00:00"))
	line = months.judge(project, "2025-03", names=[staff.name])[0]
	assert [str(value) for value in (line.due, line.present, line.leave, line.absent, line.overtime)] == [
		"21",
		"3",
		"2",
		"16",
		"3.0",
	]
	assert (line.late_count, line.late_minutes, line.early_count, line.missing) == (1, 20, 1, 1)
	assert line.marks[2:9] == ["√", "◇", "?", "事", "事", "·", "·"]
	assert months.judge(project, "2025-03", names=[other.name])[0].due == 1
	with as_role("HR Clerk", project=project):
		sheet = frappe.get_doc({"doctype": "Staff Attendance Sheet", "project": project, "month": "2025-03"}).insert()
		assert sheet.people == 2 and sheet.compute() == 2
		with pytest.raises(errors.RosterTwice):
			frappe.get_doc({"doctype": "Staff Attendance Sheet", "project": project, "month": "2025-03"}).insert()
		sheet = apply_workflow(sheet, "Submit for Approval")
	with as_role("CS Supervisor", project=project):
		sheet = apply_workflow(frappe.get_doc("Staff Attendance Sheet", sheet.name), "Approve")
		with pytest.raises(errors.RosterInvalid):
			sheet.compute()
		html = get_html_and_style(sheet.as_json(), print_format="Attendance Sheet Paper")["html"]
		assert staff.staff_name in html and "◇" in html
		excel(sheet.name)
		rows = list(load_workbook(BytesIO(frappe.response.pop("filecontent"))).active.values)
	assert rows[0][3:34] == tuple(range(1, 32)) and rows[1][0] == staff.name
	assert rows[1][34:38] == (21, 3, 2, 16)


def test_a_sheet_of_a_month_that_runs_is_not_approved(project):
	make_staff(project)
	sheet = frappe.get_doc({"doctype": "Staff Attendance Sheet", "project": project, "month": today()[:7]}).insert()
	with pytest.raises(errors.RosterInvalid, match="not over"):
		publish(sheet)
