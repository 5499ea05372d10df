"""Training: plan, session, attendance by code, test, certificate, hours, effect; My Work and the reports (D28, S6)."""

from datetime import timedelta

import frappe
import pytest
from frappe.utils import add_days, add_months, getdate, now_datetime, today
from frappe.www.printview import get_html_and_style

from kefu_property.suite import state
from kefu_property.workforce import exceptions as errors
from kefu_property.workforce import training
from kefu_property.workforce.page.my_work import my_work
from kefu_property.workforce.page.training_room import training_room
from kefu_property.workforce.report.attendance_month import attendance_month
from kefu_property.workforce.report.certificates_due import certificates_due
from kefu_property.workforce.report.leave_balances import leave_balances
from kefu_property.workforce.report.staffing_by_post import staffing_by_post
from kefu_property.workforce.report.training_hours import training_hours
from tests.factories.registry import make_project
from tests.factories.users import as_role, as_user, make_user
from tests.factories.workforce import make_course, make_entitlement, make_post, make_staff, new_leave, publish


@pytest.fixture
def project():
	return make_project().name


def login(project: str, label: str, *roles: str) -> str:
	return make_user(
		*(roles or ("Technician",)), projects=(project,), email=f"{label}-{project.lower()}@test.kefu.example"
	)


def make_session(project: str, course, *staff, starts=None, **values):
	"""A session that runs now."""
	starts = starts or now_datetime() - timedelta(minutes=10)
	return frappe.get_doc(
		{
			"doctype": "Training Session",
			"project": project,
			"course": course.name,
			"course_name": course.course_name,
			"starts_on": starts,
			"ends_on": starts + timedelta(hours=2),
			"participants": [{"staff": row.name} for row in staff],
			**values,
		}
	).insert(ignore_permissions=True)


def answers(test: dict, letter: str) -> list[str]:
	return [letter] * len(test["questions"])


def test_the_whole_way_from_the_plan_to_the_certificate(project):
	course = make_course(questions=3, valid_months=12)
	user = login(project, "learner")
	staff, absent = make_staff(project, user=user), make_staff(project)
	with as_role("HR Clerk", project=project):
		plan = frappe.get_doc(
			{
				"doctype": "Training Plan",
				"project": project,
				"year": 2025,
				"lines": [{"course": course.name, "month": "3", "audience": "All", "people": 2, "budget": 500}],
			}
		).insert()
		assert (plan.hours, plan.budget) == (2, 500)
	publish(plan)
	session = make_session(project, course, plan=plan.name)
	with as_role("CS Supervisor", project=project):
		assert session.add_people() == 2
		assert session.code()["picture"].startswith("data:image/svg+xml")
		assert session.attendance_code in session.code()["link"]
	with as_user(user):
		with pytest.raises(errors.TestNotPossible, match="attended"):
			training_room.start_test(session.name)
		assert training_room.check_in(session.attendance_code)["first"]
		assert not training_room.check_in(session.attendance_code)["first"]
		test = training_room.start_test(session.name)
		assert training_room.start_test(session.name)["attempt"] == test["attempt"]  # a reload goes on
		assert "answer" not in str(test["questions"][0].keys())
		assert training_room.hand_in(test["attempt"], answers(test, "B")) == {
			"score": 0,
			"passed": False,
			"pass_mark": 60,
		}
		with pytest.raises(errors.TestNotPossible, match="handed in"):
			training_room.hand_in(test["attempt"], answers(test, "A"))
		test = training_room.start_test(session.name)
		assert training_room.hand_in(test["attempt"], ["A", "A", ""]) == {
			"score": 66.7,
			"passed": True,
			"pass_mark": 60,
		}
		with pytest.raises(errors.TestNotPossible, match="passed"):
			training_room.start_test(session.name)
		training_room.rate(session.name, 4)
		with pytest.raises(errors.SessionNotPossible):
			training_room.rate(session.name, 6)
		assert [row.name for row in training_room.overview()] == [session.name]
		# the right answers stay with personnel
		assert "questions" not in frappe.get_list("Training Attempt", fields=["*"])[0]
	certificate = frappe.get_doc("Training Certificate", {"session": session.name})
	assert (certificate.staff, certificate.score, getdate(certificate.valid_until)) == (
		staff.name,
		66.7,
		add_months(getdate(today()), 12),
	)
	assert (
		staff.staff_name in get_html_and_style(certificate.as_json(), print_format="Training Certificate Paper")["html"]
	)
	session.reload()
	with as_role("CS Supervisor", project=project):
		session.effect = "Some Improvement"
		with pytest.raises(errors.ReviewTooEarly):
			session.save()
		session.reload()
		assert session.finish() == {"certificates": 0}
		session.update({"effect": "Some Improvement", "findings": "Greeting is used by most"})
		session.save()
	assert (session.attendance_rate, session.pass_rate, session.average_rating) == (50, 100, 4)
	assert session.reviewed_by
	assert plan.progress() == [{"course": course.course_name, "planned": 1, "held": 1, "people": 1, "expected": 2}]
	rows = {
		row.staff: row for row in training.hours_by_staff([project], getdate(add_days(today(), -2)), getdate(today()))
	}
	assert (rows[staff.name].hours, rows[staff.name].passed, rows[absent.name].hours) == (2, 1, 0)
	for paper in ("Training Sign-in Sheet",):
		assert staff.staff_name in get_html_and_style(session.as_json(), print_format=paper)["html"]


def test_attendance_needs_the_code_the_time_and_an_invitation(project):
	course = make_course(questions=0)
	user = login(project, "guest")
	staff = make_staff(project, user=user)
	early = make_session(project, course, staff, starts=now_datetime() + timedelta(hours=5))
	others = make_session(project, course, make_staff(project))
	off = make_session(project, course, staff, status="Called Off")
	with as_user(user):
		for code, text in (
			("", "no session"),
			("guess", "no session"),
			(off.attendance_code, "no session"),
			(early.attendance_code, "taken from"),
			(others.attendance_code, "not invited"),
		):
			with pytest.raises(errors.SessionNotPossible, match=text):
				training_room.check_in(code)
	with pytest.raises(errors.SessionNotPossible, match="not begun"):
		early.finish()
	session = make_session(project, course, staff)
	with as_user(user):
		training_room.check_in(session.attendance_code)
		with pytest.raises(errors.TestNotPossible, match="no test"):
			training_room.start_test(session.name)
	session.reload()
	assert session.finish() == {"certificates": 1}  # a course without a test is done by attending
	assert session.finish() == {"certificates": 0}


def test_attempts_and_time_of_a_test_are_limited(project):
	course = make_course(questions=1, attempts=2)
	user = login(project, "slow")
	staff = make_staff(project, user=user)
	session = make_session(project, course, staff)
	with as_user(user):
		training_room.check_in(session.attendance_code)
		test = training_room.start_test(session.name)
		frappe.db.set_value("Training Attempt", test["attempt"], "started_on", now_datetime() - timedelta(minutes=40))
		with pytest.raises(errors.TestNotPossible, match="over"):
			training_room.hand_in(test["attempt"], ["A"])
		second = training_room.start_test(session.name)
		training_room.hand_in(second["attempt"], ["B"])
		with pytest.raises(errors.TestNotPossible, match="2 attempts"):
			training_room.start_test(session.name)
	with as_user(login(project, "other")), pytest.raises(errors.NotStaff):
		training_room.hand_in(second["attempt"], ["A"])


@pytest.mark.parametrize(
	"values",
	[
		{"answer": "C"},
		{"answer": "AB"},
		{"option_b": ""},
		{"question_kind": "Multiple Choice", "answer": "A"},
		{"question_kind": "True or False", "answer": "D"},
	],
)
def test_questions_that_cannot_be_answered_are_refused(values):
	course = make_course(questions=0)
	with pytest.raises(errors.InvalidQuestion):
		frappe.get_doc(
			{
				"doctype": "Training Question",
				"course": course.name,
				"question_kind": "Single Choice",
				"question": "Which?",
				"option_a": "This",
				"option_b": "That",
				"answer": "A",
			}
			| values
		).insert(ignore_permissions=True)


def test_sessions_with_faults_are_refused(project):
	course = make_course(questions=0)
	staff = make_staff(project)
	with pytest.raises(errors.SessionNotPossible, match="twice"):
		make_session(project, course, staff, staff)
	with pytest.raises(errors.SessionNotPossible, match="project"):
		make_session(project, course, make_staff(make_project().name))
	with pytest.raises(errors.SessionNotPossible, match="before it begins"):
		make_session(project, course, ends_on="2020-01-01 10:00:00")
	session = make_session(project, course, staff)
	session.participants[0].update({"score": 100, "passed": 1})
	session.save(ignore_permissions=True)
	assert not session.participants[0].passed  # scores come from tests only


def test_my_work_shows_what_is_mine(project):
	user = login(project, "mine")
	post = make_post()
	staff = make_staff(project, user=user, post=post.name)
	make_entitlement(staff, 5, year=getdate(today()).year)
	request = new_leave(staff, "2025-03-10", "2025-03-11").insert(ignore_permissions=True)
	new_leave(make_staff(project), "2025-03-12", "2025-03-12").insert(ignore_permissions=True)
	with as_user(user):
		data = my_work.overview()
	cards = {card["key"]: card for card in data["cards"]}
	assert data["staff_name"] == staff.staff_name and data["post"] == post.name
	assert {"requests", "attendance", "training"} <= cards.keys()
	assert [line["route"][-1] for line in cards["requests"]["lines"]] == [request.name]
	assert cards["requests"]["facts"][0]["text"] == "5 days left"
	assert ("assets" in cards) == state.is_enabled("stores")
	with as_user(login(project, "unknown")):
		assert "staff file" in my_work.overview()["message"] and training_room.overview() == []


def test_reports_show_the_rows_of_those_who_read_them(project):
	user = login(project, "reads", "Engineering Lead")
	post = make_post(places=[{"project": project, "places": 3}])
	lead = make_staff(project, user=user, post=post.name)
	staff = make_staff(project, manager=lead.name, post=post.name, status="Probation")
	other = make_staff(project)
	make_entitlement(staff, 5)
	make_entitlement(other, 7)
	frappe.get_doc(
		{
			"doctype": "Staff Certificate",
			"project": project,
			"staff": staff.name,
			"certificate_name": "Electrician",
			"issued_on": "2020-01-01",
			"expires_on": add_days(today(), -3),
		}
	).insert(ignore_permissions=True)

	def people(module, **filters) -> set[str]:
		return {row["staff"] for row in module.execute({"project": project, **filters})[1]}

	with as_role("HR Clerk", project=project):
		assert people(leave_balances, year=2025) == {staff.name, other.name}
		assert people(attendance_month, month="2025-03") == {lead.name, staff.name, other.name}
		assert people(certificates_due) == {staff.name}
		assert certificates_due.execute({"project": project})[1][0].days_left == -3
		rows = {row.post: row for row in staffing_by_post.execute({"project": project})[1]}
		assert (rows[post.name].places, rows[post.name].people, rows[post.name].probation, rows[post.name].vacant) == (
			3,
			2,
			1,
			1,
		)
		assert people(training_hours) == {lead.name, staff.name, other.name}
		by_post = training_hours.execute({"project": project, "by": "Post"})[1]
		assert sum(row.people for row in by_post) == 3
	with as_user(user):
		assert people(leave_balances, year=2025) == {staff.name}
		assert people(attendance_month, month="2025-03") == {lead.name, staff.name}
	with as_role("HR Clerk", project=make_project().name):
		assert people(leave_balances, year=2025) == people(attendance_month, month="2025-03") == set()
		assert staffing_by_post.execute({"project": project})[1] == []
