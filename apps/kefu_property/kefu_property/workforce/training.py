"""Training: attendance by code, tests, certificates, hours (D28)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import add_months, get_datetime, getdate, now_datetime, today

from kefu_property.rules import training_test
from kefu_property.workforce import people
from kefu_property.workforce.exceptions import SessionNotPossible, TestNotPossible

BEFORE_START, AFTER_END = timedelta(minutes=30), timedelta(minutes=30)
#: how long after a session its test may be taken
TEST_DAYS = 7
GRACE = timedelta(seconds=30)
OPEN = ("Planned", "Running")


def lock(session: str):
	"""The session with its row held: check-ins and scores of many phones are written one after another."""
	table = frappe.qb.DocType("Training Session")
	frappe.qb.from_(table).select(table.name).where(table.name == session).for_update().run()


def participant(session: str, staff: str) -> frappe._dict | None:
	table = frappe.qb.DocType("Training Participant")
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.attended, table.score, table.passed, table.rating)
		.where((table.parent == session) & (table.staff == staff))
		.for_update()
		.run(as_dict=True)
	)
	return rows[0] if rows else None


def check_in(code: str, now: datetime | None = None) -> frappe._dict:
	"""Attendance of the signed-in person at the session with this code. Returns `session`, `course_name`, `first`.

	Raises SessionNotPossible for a wrong code, outside the session's time, or for somebody who is not invited.
	"""
	me = people.me()
	now = now or now_datetime()
	session = frappe.db.get_value(
		"Training Session",
		{"attendance_code": code or ""},
		["name", "course_name", "status", "starts_on", "ends_on", "project"],
		as_dict=True,
	)
	if not session or session.status == "Called Off":
		frappe.throw(_("This code belongs to no session. Scan the one on the trainer's screen."), SessionNotPossible)
	if session.status == "Done" or not session.starts_on - BEFORE_START <= now <= session.ends_on + AFTER_END:
		frappe.throw(
			_("Attendance of {0} is taken from {1} to {2}.").format(
				session.course_name,
				(session.starts_on - BEFORE_START).strftime("%m-%d %H:%M"),
				(session.ends_on + AFTER_END).strftime("%m-%d %H:%M"),
			),
			SessionNotPossible,
		)
	lock(session.name)
	row = participant(session.name, me.name)
	if not row:
		frappe.throw(
			_("You are not invited to {0}. Ask the trainer to add you.").format(session.course_name), SessionNotPossible
		)
	if not row.attended:
		frappe.db.set_value("Training Participant", row.name, {"attended": 1, "checked_in_on": now})
	if session.status == "Planned":
		frappe.db.set_value("Training Session", session.name, "status", "Running")
	return frappe._dict(session=session.name, course_name=session.course_name, first=not row.attended)


def start_test(session: str) -> dict:
	"""Begin the test of a session for the signed-in person, or go on with the one that runs.

	Returns `attempt`, `seconds` left, and `questions` (without the right answers). Raises TestNotPossible.
	"""
	me = people.me()
	lock(session)
	facts = frappe.db.get_value(
		"Training Session", session, ["name", "project", "course", "status", "ends_on", "course_name"], as_dict=True
	)
	row = participant(session, me.name) if facts else None
	if not row or not row.attended:
		frappe.throw(_("The test is for those who attended. Check in with the code first."), TestNotPossible)
	if row.passed:
		frappe.throw(_("You passed this test already."), TestNotPossible)
	if facts.status == "Called Off" or now_datetime() > facts.ends_on + timedelta(days=TEST_DAYS):
		frappe.throw(_("The test is possible until {0} days after the session.").format(TEST_DAYS), TestNotPossible)
	course = frappe.get_cached_doc("Training Course", facts.course)
	before = frappe.get_all(
		"Training Attempt",
		filters={"session": session, "staff": me.name},
		fields=["name", "started_on", "submitted_on", "questions"],
		order_by="attempt_no",
	)
	running = before[-1] if before and not before[-1].submitted_on else None
	if running and seconds_left(course, running.started_on) > 0:
		return shown(running.name, running.questions, course, running.started_on)
	if len(before) >= course.attempts:
		frappe.throw(_("All {0} attempts are used. Talk to the trainer.").format(course.attempts), TestNotPossible)
	questions = draw(course, f"{session}|{me.name}|{len(before) + 1}")
	attempt = frappe.get_doc(
		{
			"doctype": "Training Attempt",
			"project": facts.project,
			"staff": me.name,
			"session": session,
			"course": facts.course,
			"attempt_no": len(before) + 1,
			"started_on": now_datetime(),
			"questions": json.dumps(questions, ensure_ascii=False),
			"attempt_key": f"{session}|{me.name}|{len(before) + 1}",
		}
	).insert(ignore_permissions=True)  # one's own test; the rows are written by the system
	return shown(attempt.name, attempt.questions, course, attempt.started_on)


def draw(course, seed: str) -> list[dict]:
	bank = {
		row.name: row
		for row in frappe.get_all(
			"Training Question",
			filters={"course": course.name, "disabled": 0},
			fields=[
				"name", "question_kind", "question", "option_a", "option_b", "option_c", "option_d", "answer",
			],
		)
	}  # fmt: skip
	if not course.test_questions or not bank:
		frappe.throw(_("This course has no test."), TestNotPossible)
	return [
		{
			"kind": bank[name].question_kind,
			"question": bank[name].question,
			"options": options_of(bank[name]),
			"answer": bank[name].answer,
		}
		for name in training_test.draw(list(bank), course.test_questions, seed)
	]


def options_of(question) -> list[list[str]]:
	"""Letters and texts; for true or false the texts are translated where they are shown."""
	if question.question_kind == "True or False":
		return [["A", "True"], ["B", "False"]]
	return [
		[letter, question.get(f"option_{letter.lower()}")]
		for letter in training_test.LETTERS
		if question.get(f"option_{letter.lower()}")
	]


def seconds_left(course, started_on) -> int:
	until = get_datetime(started_on) + timedelta(minutes=course.test_minutes)
	return int((until - now_datetime()).total_seconds())


def shown(attempt: str, questions, course, started_on) -> dict:
	rows = json.loads(questions) if isinstance(questions, str) else questions
	return {
		"attempt": attempt,
		"seconds": seconds_left(course, started_on),
		"pass_mark": course.pass_mark,
		"questions": [
			{
				"kind": row["kind"],
				"question": row["question"],
				"options": [
					[letter, {"True": _("True"), "False": _("False")}[text] if row["kind"] == "True or False" else text]
					for letter, text in row["options"]
				],
			}
			for row in rows
		],
	}


def hand_in(attempt: str, answers: list[str | None]) -> dict:
	"""Score the signed-in person's test. Returns `score`, `passed`, `pass_mark`. Raises TestNotPossible.

	`answers` are letters in the order of the questions; missing ones are wrong.
	"""
	me = people.me()
	doc = frappe.get_doc("Training Attempt", attempt)
	if doc.staff != me.name:
		frappe.throw(_("This is the test of somebody else."), frappe.PermissionError)
	lock(doc.session)
	doc.reload()
	if doc.submitted_on:
		frappe.throw(_("This test is handed in already."), TestNotPossible)
	course = frappe.get_cached_doc("Training Course", doc.course)
	if seconds_left(course, doc.started_on) < -GRACE.total_seconds():
		frappe.throw(_("The time of this test is over. Start the next attempt."), TestNotPossible)
	questions = json.loads(doc.questions) if isinstance(doc.questions, str) else doc.questions
	answers = [*answers, *[None] * len(questions)][: len(questions)]
	score = training_test.score([row["answer"] for row in questions], answers)
	passed = score >= course.pass_mark
	given = [{**row, "given": training_test.normalise(reply)} for row, reply in zip(questions, answers, strict=True)]
	doc.update(
		{
			"questions": json.dumps(given, ensure_ascii=False),
			"submitted_on": now_datetime(),
			"score": float(score),
			"passed": int(passed),
		}
	)
	doc.save(ignore_permissions=True)  # see above
	row = participant(doc.session, me.name)
	if row and (passed or score >= Decimal(str(row.score or 0))):
		frappe.db.set_value(
			"Training Participant", row.name, {"score": float(score), "passed": int(passed or row.passed)}
		)
	if passed:
		issue(doc.session, [me.name])
	return {"score": float(score), "passed": passed, "pass_mark": course.pass_mark}


def issue(session: str, staff: list[str]) -> int:
	"""Certificates of a session for people who earned one; once each. Returns how many are new."""
	facts = frappe.db.get_value(
		"Training Session", session, ["project", "course", "hours", "course_name"], as_dict=True
	)
	months = frappe.get_cached_value("Training Course", facts.course, "valid_months")
	scores = dict(
		frappe.get_all(
			"Training Participant",
			filters={"parent": session, "staff": ["in", staff or [""]]},
			fields=["staff", "score"],
			as_list=True,
		)
	)
	have = frappe.get_all(
		"Training Certificate", filters={"session": session, "staff": ["in", staff or [""]]}, pluck="staff"
	)
	new = [name for name in staff if name not in have]
	for name in new:
		frappe.get_doc(  # lint: allow query-in-loop: a new document per person
			{
				"doctype": "Training Certificate",
				"project": facts.project,
				"staff": name,
				"course": facts.course,
				"course_name": facts.course_name,
				"session": session,
				"issued_on": today(),
				"valid_until": add_months(getdate(today()), months) if months else None,
				"hours": facts.hours,
				"score": scores.get(name),
				"certificate_key": f"{session}|{name}",
			}
		).insert(ignore_permissions=True)  # follows from the session
	return len(new)


def rate(session: str, rating: int, comment: str | None = None) -> None:
	"""What an attendant thinks of a session, 1 to 5. Raises SessionNotPossible."""
	me = people.me()
	row = participant(session, me.name)
	if not row or not row.attended:
		frappe.throw(_("Those who attended may rate the session."), SessionNotPossible)
	if rating not in range(1, 6):
		frappe.throw(_("Choose one to five stars."), SessionNotPossible)
	frappe.db.set_value("Training Participant", row.name, {"rating": rating, "comment": (comment or "")[:140]})


def hours_by_staff(projects: list[str] | None, start, end, department: str | None = None) -> list[frappe._dict]:
	"""Hours of training by person in a span: `staff`, `staff_name`, `project`, `department`, `post`, `hours`, `sessions`, `passed`.

	People without training are listed with 0.
	"""
	staff, row, session = (
		frappe.qb.DocType(name) for name in ("Staff Member", "Training Participant", "Training Session")
	)
	query = (
		frappe.qb.from_(staff)
		.select(staff.name.as_("staff"), staff.staff_name, staff.project, staff.department, staff.post)
		.where(staff.status.isin(people.IN_SERVICE))
		.orderby(staff.project, staff.staff_no)
	)
	if projects is not None:
		query = query.where(staff.project.isin(projects or [""]))
	if department:
		query = query.where(staff.department == department)
	rows = query.run(as_dict=True)
	attended = (
		frappe.qb.from_(row)
		.join(session)
		.on(session.name == row.parent)
		.select(row.staff, session.hours, row.passed)
		.where((row.attended == 1) & (session.status != "Called Off") & session.starts_on[start : f"{end} 23:59:59"])
		.run(as_dict=True)
	)
	sums: dict[str, list] = {}
	for entry in attended:
		total = sums.setdefault(entry.staff, [Decimal(0), 0, 0])
		total[0] += Decimal(str(entry.hours or 0))
		total[1] += 1
		total[2] += int(entry.passed)
	for entry in rows:
		hours, entry.sessions, entry.passed = sums.get(entry.staff, (Decimal(0), 0, 0))
		entry.hours = float(hours)
	return rows
