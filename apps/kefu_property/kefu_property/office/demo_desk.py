"""Demo data of duty, plans, budget, proposals, honours and the operations board."""

from __future__ import annotations

import frappe
from frappe.utils import get_first_day, now_datetime, today

from kefu_property.suite.demo import assign_projects, user_of

PATTERN = (("早", "早班", "08:00:00", "20:00:00"), ("夜", "夜班", "20:00:00", "08:00:00"))


def load(context: frappe._dict) -> None:
	assign_projects()  # who signs a sheet acts as themselves
	# nobody of the few demo people can work at two places at once: one project shows it all
	project = frappe.get_all("Property Project", pluck="name", order_by="creation", limit=1)
	if project and not frappe.db.exists("Duty Post", {"project": project[0]}):
		load_duty(project[0])


def load_duty(project: str) -> None:
	desk = _insert(
		"Duty Post",
		project=project,
		post_code="FD",
		post_name="客服前台",
		sections="cases\nkeys\ncash\ncustody\nincidents",
	)
	_insert("Duty Post", project=project, post_code="CR", post_name="消防监控室", sections="incidents\nkeys")
	_insert("Duty Post", project=project, post_code="NG", post_name="北门岗", sections="custody\nkeys")
	pattern = _insert(
		"Duty Pattern",
		project=project,
		pattern_name="两班倒",
		cycle="早 夜 - ",
		stagger=1,
		shifts=[
			{"shift_code": code, "shift_name": name, "start_time": start, "end_time": end}
			for code, name, start, end in PATTERN
		],
	)
	people = [user_of(role) for role in ("CS Agent", "Cashier", "Office Clerk")]
	roster = _insert(
		"Duty Roster",
		project=project,
		post=desk,
		pattern=pattern,
		month=get_first_day(today()),
		staff=[{"staff": person} for person in people if frappe.db.exists("User", person)],
	)
	_approve("Duty Roster", roster)
	_handover(project, desk)


def _handover(project: str, post: str) -> None:
	"""A sheet that was taken over this morning, and the one that runs now."""
	agent, clerk = user_of("Office Clerk"), user_of("CS Agent")
	sheet = _as(
		agent,
		_insert,
		"Shift Handover",
		project=project,
		post=post,
		opened_on=frappe.utils.add_to_date(now_datetime(), hours=-12),
		notes=[
			{"kind": "Incident", "text": "02:20 2栋1单元电梯困人，10 分钟内解救，已通知维保单位复查。", "done": 1},
			{"kind": "Follow-up", "text": "3-1-802 业主要求今日回电，确认漏水维修时间。"},
			{"kind": "Note", "text": "北门道闸夜间抬杆缓慢，已报修。"},
		],
	)
	signature = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
	_as(agent, frappe.get_doc("Shift Handover", sheet).sign_over, signature)
	doc = frappe.get_doc("Shift Handover", sheet)
	_as(clerk, doc.take_over, signature, [row.name for row in doc.lines])


def _insert(doctype: str, **values) -> str:
	doc = frappe.get_doc({"doctype": doctype, **values})
	doc.flags.ignore_permissions = True  # demo data
	return doc.insert().name


def _approve(doctype: str, name: str, approver: str = "Office Director") -> None:
	"""Bring a demo paper to approval: whoever is signed in prepared it, the approver is somebody else."""
	doc = frappe.get_doc(doctype, name)
	doc.flags.ignore_permissions = True  # demo data
	doc.workflow_state = "Pending Approval"
	doc.save()
	_as(user_of(approver), _finish, doctype, name)


def _finish(doctype: str, name: str) -> None:
	doc = frappe.get_doc(doctype, name)
	doc.flags.ignore_permissions = True  # demo data
	doc.workflow_state = "Approved"
	(doc.submit if doc.meta.is_submittable else doc.save)()


def _as(user: str, function, *args, **values):
	before = frappe.session.user
	frappe.set_user(user)
	try:
		return function(*args, **values)
	finally:
		frappe.set_user(before)
