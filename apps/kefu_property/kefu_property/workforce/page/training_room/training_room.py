"""Page Training Room: my sessions, attendance by code, the test, my rating (D28)."""

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import add_days, getdate, now_datetime, today

from kefu_property.workforce import people, training


@frappe.whitelist()
# lint: allow whitelist-permission: one's own sessions only; users without a staff file have none
def overview() -> list[dict]:
	"""Sessions of the signed-in person of the last and the coming weeks: facts, attendance, score, and whether a test is open."""
	me = people.find_me()
	if not me:
		return []
	session, row, course = (
		frappe.qb.DocType(name) for name in ("Training Session", "Training Participant", "Training Course")
	)
	rows = (
		frappe.qb.from_(session)
		.join(row)
		.on(row.parent == session.name)
		.join(course)
		.on(course.name == session.course)
		.select(
			session.name,
			session.course_name,
			session.status,
			session.starts_on,
			session.ends_on,
			session.place,
			session.trainer,
			row.attended,
			row.score,
			row.passed,
			row.rating,
			course.test_questions,
			course.content,
		)
		.where((row.staff == me.name) & (session.status != "Called Off"))
		.where(session.starts_on >= add_days(getdate(today()), -60))
		.orderby(session.starts_on, order=frappe.qb.desc)
		.run(as_dict=True)
	)
	now = now_datetime()
	for entry in rows:
		last = entry.ends_on + timedelta(days=training.TEST_DAYS)
		entry.test_open = bool(entry.attended and entry.test_questions and not entry.passed and now <= last)
		entry.status_text = _(entry.status)
		entry.when = f"{entry.starts_on:%Y-%m-%d %H:%M}–{entry.ends_on:%H:%M}"
		entry.pop("starts_on"), entry.pop("ends_on")
	return rows


@frappe.whitelist(methods=["POST"])
# lint: allow whitelist-permission: attendance of oneself; `me` and the code decide
def check_in(code: str) -> dict:
	"""Attendance by the code on the trainer's screen. Raises SessionNotPossible."""
	return training.check_in(code)


@frappe.whitelist(methods=["POST"])
# lint: allow whitelist-permission: one's own test; attendance decides
def start_test(session: str) -> dict:
	"""Questions of a new or running attempt. Raises TestNotPossible."""
	return training.start_test(session)


@frappe.whitelist(methods=["POST"])
# lint: allow whitelist-permission: one's own test
def hand_in(attempt: str, answers: list | str) -> dict:
	"""Score of an attempt. Raises TestNotPossible."""
	return training.hand_in(attempt, [str(reply or "") for reply in frappe.parse_json(answers)])


@frappe.whitelist(methods=["POST"])
# lint: allow whitelist-permission: one's own rating; attendance decides
def rate(session: str, rating: int, comment: str | None = None) -> None:
	"""One to five stars for a session that the signed-in person attended. Raises SessionNotPossible."""
	training.rate(session, int(rating), comment)
