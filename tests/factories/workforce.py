"""Records of the workforce for tests."""

from __future__ import annotations

from itertools import count
from typing import Any

import frappe
from frappe.model.workflow import apply_workflow

from tests.factories.users import as_role

_numbers = count(1)


def make_staff(project: str, name: str | None = None, **values: Any):
	"""A member of staff at work since 2024; `user` links a login."""
	number = f"{project}-S{next(_numbers)}"
	values = {"status": "At Work", "gender": "Female", "date_of_joining": "2024-01-01"} | values
	return _insert("Staff Member", project=project, staff_no=number, staff_name=name or f"Staff {number}", **values)


def make_department(project: str, code: str = "CS", **values: Any):
	values = {"department_name": f"Department {code}"} | values
	return _insert("Staff Department", project=project, department_code=code, **values)


def make_post(name: str | None = None, **values: Any):
	return _insert("Staff Post", post_name=name or f"Post {next(_numbers)} {frappe.generate_hash(length=5)}", **values)


def _insert(doctype: str, **values: Any):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)


def make_shift(project: str, code: str = "D", start: str = "09:00:00", end: str = "18:00:00", **values: Any):
	values = {"shift_name": f"Shift {code}", "break_minutes": 60, "late_after": 5} | values
	return _insert("Duty Shift", project=project, shift_code=code, start_time=start, end_time=end, **values)


def make_area(project: str, **values: Any):
	values = {"area_name": "Office", "latitude": 30.25, "longitude": 120.15, "radius": 300} | values
	return _insert("Attendance Area", project=project, **values)


def make_roster(project: str, month: str, lines: dict[str, str], **values: Any):
	"""A published roster; `lines` maps names of staff to their shift codes."""
	rows = [{"staff": name, "days": days} for name, days in lines.items()]
	doc = _insert("Duty Roster", project=project, month=month, lines=rows, **values)
	return publish(doc)


def publish(doc):
	"""Bring a document through its round: the present user asks, a director approves."""
	apply_workflow(doc, "Submit for Approval")
	with as_role("Office Director", project=doc.project):
		apply_workflow(doc, "Approve")
	doc.reload()
	return doc


def new_leave(staff, start: str, end: str, kind: str = "Personal Leave", **values: Any):
	"""A request, not saved yet."""
	values = {"reason": "Family", "from_part": "Whole Day", "to_part": "Whole Day"} | values
	return frappe.get_doc(
		{
			"doctype": "Leave Request",
			"project": staff.project,
			"staff": staff.name,
			"leave_kind": kind,
			"from_date": start,
			"to_date": end,
			**values,
		}
	)


def make_entitlement(staff, days: float, year: int = 2025, kind: str = "Annual Leave", **values: Any):
	return _insert(
		"Leave Entitlement", project=staff.project, staff=staff.name, leave_kind=kind, year=year, days=days, **values
	)


def make_course(questions: int = 2, **values: Any):
	"""A course with so many single-choice questions, whose right answer is A."""
	code = f"C{next(_numbers)}-{frappe.generate_hash(length=5)}"
	values = {
		"course_name": f"Course {code}",
		"course_kind": "Service",
		"hours": 2,
		"test_questions": questions,
		"pass_mark": 60,
		"test_minutes": 30,
		"attempts": 2,
	} | values
	course = _insert("Training Course", course_code=code, **values)
	for number in range(questions):
		_insert(
			"Training Question",
			course=course.name,
			question_kind="Single Choice",
			question=f"Question {number + 1} of {code}?",
			option_a="Right",
			option_b="Wrong",
			answer="A",
		)
	return course
