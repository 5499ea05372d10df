"""Meetings from the room to the finished action item (D31)."""

from datetime import datetime

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import get_datetime

from kefu_property.community import meeting_cards, meeting_jobs, meetings
from kefu_property.community import meeting_exceptions as errors
from kefu_property.community.page.meeting_sign_in import meeting_sign_in as page
from kefu_property.community.report.meeting_room_use.meeting_room_use import execute as rooms_report
from kefu_property.community.report.meetings_and_action_items.meetings_and_action_items import execute as actions_report
from kefu_property.suite.approval import SelfApproval
from tests.factories.arrears import printed
from tests.factories.meetings import DAY, make_meeting, make_meeting_room, new_meeting
from tests.factories.registry import make_project
from tests.factories.users import as_role, as_user, make_user


@pytest.fixture
def project():
	return make_project().name


@pytest.fixture
def room(project):
	return make_meeting_room(project).name


def held(meeting):
	"""The meeting after everybody with a login signed in."""
	meeting.reload()
	for user in [row.user for row in meeting.attendees if row.user]:
		with as_user(user):
			meetings.sign_in(meeting.code, meeting.starts_on)
	meeting.reload()
	return meeting


def new_minutes(meeting, **values):
	return frappe.get_doc(
		{
			"doctype": "Meeting Minutes",
			"project": meeting.project,
			"meeting": meeting.name,
			"content": "<p>Talked</p>",
			"decisions": "<p>Decided</p>",
		}
		| values
	)


def test_from_the_booking_to_the_finished_action(project, room):
	technician = make_user("Technician", projects=(project,))
	with as_role("Office Clerk", project=project):
		meeting = new_meeting(project, room).insert()
		meeting.submit()
	assert meeting.status == "Booked"
	assert frappe.db.count("Meeting Room Booking", {"room": room}) == 1
	assert frappe.db.exists("Notification Log", {"for_user": technician, "document_name": meeting.name})
	assert meeting.code in printed(meeting, "Meeting Sign-in Sheet")
	with as_user(technician), pytest.raises(errors.SignInRefused):
		page.sign_in(meeting.code)  # years too early
	with pytest.raises(errors.MeetingState):
		new_minutes(meeting).insert()
	meeting = held(meeting)
	assert [row.attendance for row in meeting.attendees] == ["Present", "Invited"]
	assert meeting.status == "Took Place"

	with as_role("Office Clerk", project=project):
		minutes = new_minutes(
			meeting,
			actions=[{"task": "Repair the lamp\nin the hall", "responsible": technician, "due_date": "2099-03-20"}],
		).insert()
		minutes = apply_workflow(minutes, "Submit for Approval")
	technicians_name = frappe.utils.get_fullname(technician)
	assert (minutes.present, minutes.absent) == (technicians_name, "Mr Wang")
	with as_role("CS Supervisor", project=project):
		minutes = apply_workflow(minutes, "Approve")
	assert "Decided" in printed(minutes, "Meeting Minutes Sheet")
	action = frappe.get_last_doc("Meeting Action", {"minutes": minutes.name})
	assert (action.title, action.owner, action.status) == ("Repair the lamp", technician, "In Progress")
	with as_user(technician):
		action = frappe.get_doc(action.doctype, action.name)
		with pytest.raises(errors.ActionState, match="result"):
			apply_workflow(action, "Report Done")
		action.reload()
		action.result = "New lamp"
		action.save()
		action = apply_workflow(action, "Report Done")
	with as_role("CS Supervisor", project=project):
		action = apply_workflow(frappe.get_doc(action.doctype, action.name), "Confirm")
	assert action.status == "Finished" and action.finished_on
	with as_role("Office Director", project=project), pytest.raises(errors.MeetingState):
		frappe.get_doc(minutes.doctype, minutes.name).cancel()
	_columns, rows, _none, chart, summary = actions_report({"project": project})
	assert (rows[0].invited, rows[0].present, rows[0].actions, rows[0].finished) == (2, 1, 1, 1)
	assert chart and summary[1]["value"] == 1
	rows = rooms_report({"project": project, "from_date": DAY, "to_date": DAY})[1]
	assert (rows[0].meetings, float(rows[0].hours)) == (1, 1.5)


def test_rooms_do_not_clash(project, room):
	first = make_meeting(project, room, "09:00", "10:30")
	for begin, end in (("08:00", "09:01"), ("10:00", "11:00"), ("09:30", "10:00"), ("08:00", "12:00")):
		with pytest.raises(errors.RoomTaken):
			new_meeting(project, room, begin, end).insert()
	make_meeting(project, room, "10:30", "11:00")
	make_meeting(project, make_meeting_room(project).name, "09:00", "10:30")
	with as_role("Office Clerk", project=project):
		first.reload()
		first.cancel()
	assert first.status == "Cancelled"
	make_meeting(project, room, "09:00", "10:00")
	booking = frappe.get_last_doc("Meeting Room Booking", {"room": room})
	with pytest.raises(errors.MeetingState):
		booking.save()
	with pytest.raises(errors.MeetingState):
		booking.delete()


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"ends_on": f"{DAY} 08:00:00"}, errors.MeetingTimes),
		({"ends_on": "2099-03-12 08:00:00"}, errors.MeetingTimes),
		({"agenda": [{"topic": "x", "minutes": 91}]}, errors.MeetingTimes),
		({"attendees": [{"company": "x"}]}, errors.AttendeeTwice),
		({"attendees": [{"user": "Administrator"}, {"user": "Administrator"}]}, errors.AttendeeTwice),
		({"kind": "Paid Meeting Service"}, errors.CustomerMissing),
	],
)
def test_bad_meetings(project, room, values, error):
	with pytest.raises(error):
		new_meeting(project, room, **values).insert()


def test_rooms_of_others_and_times_gone_by(project, room):
	with pytest.raises(errors.RoomWrong):
		new_meeting(project, make_meeting_room(make_project().name).name).insert()
	with pytest.raises(errors.RoomWrong):
		new_meeting(project, make_meeting_room(project, disabled=1).name).insert()
	past = new_meeting(project, room, starts_on="2026-03-10 09:00:00", ends_on="2026-03-10 10:00:00").insert()
	with pytest.raises(errors.MeetingTimes):
		past.submit()


def test_signing_in_has_its_time_and_code(project, room):
	meeting = make_meeting(project, room)
	guest = make_user("Cashier", projects=(project,), email=f"guest-{project.lower()}@test.kefu.example")
	with as_user(guest):
		for moment in (f"{DAY} 08:29:00", f"{DAY} 10:31:00"):
			with pytest.raises(errors.SignInRefused):
				meetings.sign_in(meeting.code, moment)
		with pytest.raises(errors.SignInRefused):
			meetings.sign_in("NOTACODE", f"{DAY} 09:00:00")
		done = meetings.sign_in(meeting.code.lower(), f"{DAY} 08:31:00")
		again = meetings.sign_in(meeting.code, f"{DAY} 09:00:00")
	assert len(done.attendees) == len(again.attendees) == 3
	assert get_datetime(again.attendees[2].signed_on) == datetime(2099, 3, 10, 8, 31)
	with as_role("Cashier", project=make_project().name), pytest.raises(errors.SignInRefused):
		meetings.sign_in(meeting.code, f"{DAY} 09:00:00")
	with pytest.raises(errors.MeetingState):
		frappe.get_doc("Office Meeting", meeting.name).cancel()


def test_paid_service_and_the_calendar_file(project, room):
	meeting = make_meeting(
		project,
		room,
		kind="Paid Meeting Service",
		customer="Owners' Club",
		services=[{"service": "Tea", "quantity": 10, "price": "3.35"}],
	)
	charges = [float(meeting.get(field)) for field in ("room_charge", "service_charge", "total_charge")]
	assert charges == [120.0, 33.5, 153.5]
	meeting.reload()
	meeting.paid_on = "2099-03-11"
	with pytest.raises(errors.CustomerMissing):
		meeting.save()
	meetings.calendar_file(meeting.name)
	text = frappe.local.response.filecontent.decode()
	assert "DTSTART:20990310T010000Z" in text and "SUMMARY:Weekly Meeting" in text
	with as_role("Office Clerk", project=make_project().name), pytest.raises(frappe.PermissionError):
		meetings.calendar_file(meeting.name)


def test_nobody_approves_or_confirms_alone(project, room):
	meeting = held(make_meeting(project, room))
	with as_role("CS Supervisor", project=project) as supervisor:
		minutes = apply_workflow(
			new_minutes(meeting, actions=[{"task": "x", "responsible": supervisor, "due_date": "2099-03-11"}]).insert(),
			"Submit for Approval",
		)
		minutes.workflow_state = "Approved"
		with pytest.raises(SelfApproval):
			minutes.save()
	with as_role("Office Director", project=project):
		apply_workflow(frappe.get_doc(minutes.doctype, minutes.name), "Approve")
	with as_user(supervisor):
		action = frappe.get_last_doc("Meeting Action", {"minutes": minutes.name})
		action.result = "done"
		action.save()
		action = apply_workflow(action, "Report Done")
		action.status = "Finished"
		with pytest.raises((SelfApproval, errors.ActionState)):
			action.save()
	with pytest.raises(errors.ActionState, match="before the meeting"):
		new = frappe.get_doc("Meeting Minutes", minutes.name)
		new.actions[0].due_date = "2099-03-09"
		new.check_actions()


def test_overdue_actions_are_told_of(project, room):
	make_user("CS Supervisor", projects=(project,), email=f"sup-{project.lower()}@test.kefu.example")
	technician = make_user("Technician", projects=(project,))
	action = frappe.get_doc(
		{
			"doctype": "Meeting Action",
			"project": project,
			"task": "x",
			"responsible": technician,
			"due_date": "2020-03-20",
		}
	).insert(ignore_permissions=True)

	def told(day: str) -> int:
		before = frappe.db.count("Notification Log", {"document_name": action.name})
		meeting_jobs.tell_of_actions(day)
		return frappe.db.count("Notification Log", {"document_name": action.name}) - before

	card = meeting_cards.my_work_card(frappe._dict(user=technician))
	assert "red" in [line["indicator"] for line in card["lines"] if line["route"][2] == action.name]
	assert told("2020-03-18") == 0
	assert told("2020-03-19") == 1
	assert told("2020-03-20") == 0
	assert told("2020-03-21") == 2  # the supervisor, too
	assert told("2020-03-22") == 0
	assert told("2020-03-28") == 2
	with as_user(technician):
		mine = frappe.get_doc("Meeting Action", action.name)
		mine.due_date = "2099-01-01"
		with pytest.raises(errors.ActionState):
			mine.save()
