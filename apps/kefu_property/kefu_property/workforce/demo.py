"""Demo data: an office with departments, posts and people, a month of attendance, requests, a training with its test."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import frappe
from frappe.utils import add_days, getdate, now_datetime, today

from kefu_property.suite.demo import user_of
from kefu_property.workforce import checkin, rosters, training

DEPARTMENTS = (("KF", "客服部"), ("GC", "工程部"), ("ZX", "秩序部"), ("BJ", "保洁绿化部"), ("ZH", "综合管理部"))
#: post, rank, reports to, places
POSTS = (
	("管理处主任", "Manager", None, 1),
	("客服主管", "Supervisor", "管理处主任", 1),
	("客服管家", "Staff", "客服主管", 4),
	("收费员", "Staff", "客服主管", 2),
	("工程主管", "Supervisor", "管理处主任", 1),
	("维修技工", "Staff", "工程主管", 3),
	("秩序班长", "Team Lead", "管理处主任", 2),
	("仓库管理员", "Staff", "管理处主任", 1),
	("人事专员", "Staff", "管理处主任", 1),
)
#: name, gender, department, post, role of the demo login, manager (number)
PEOPLE = (
	("周建国", "Male", "ZH", "管理处主任", "Office Director", None),
	("李敏", "Female", "KF", "客服主管", "CS Supervisor", 1),
	("王芳", "Female", "KF", "客服管家", "CS Agent", 2),
	("陈静", "Female", "KF", "收费员", "Cashier", 2),
	("赵刚", "Male", "GC", "工程主管", "Engineering Lead", 1),
	("孙磊", "Male", "GC", "维修技工", "Technician", 5),
	("吴涛", "Male", "GC", "维修技工", None, 5),
	("郑强", "Male", "ZX", "秩序班长", "Order and Cleaning Lead", 1),
	("何丽", "Female", "ZH", "人事专员", "HR Clerk", 1),
	("徐兵", "Male", "ZH", "仓库管理员", "Store Keeper", 1),
	("马晓燕", "Female", "KF", "客服管家", None, 2),
)
QUESTIONS = (
	("Single Choice", "接听业主来电应在几声之内？", ("3声", "5声", "8声", None), "A", "服务规范：三声之内接听。"),
	(
		"Multiple Choice",
		"受理投诉时应当记录哪些内容？",
		("投诉人及房号", "投诉事项", "业主收入", "期望结果"),
		"ABD",
		None,
	),
	("True or False", "业主欠费时可以停水停电催缴。", (None,) * 4, "B", "不得以停水、停电方式催交物业费。"),
	("Single Choice", "报修单的响应时限从何时起算？", ("派单时", "受理时", "到场时", None), "B", None),
)


def load(context: frappe._dict) -> None:
	for number, project in enumerate(frappe.get_all("Property Project", pluck="name", order_by="creation, name")):
		if not frappe.db.exists("Staff Department", {"project": project}):
			load_project(project, logins=number == 0)


def load_project(project: str, logins: bool) -> None:
	staff = make_people(project, logins)
	make_papers(staff)
	make_attendance(project, staff)
	make_requests(staff)
	make_training(project, staff)


def make_people(project: str, logins: bool) -> list:
	for code, name in DEPARTMENTS:
		_insert("Staff Department", project=project, department_code=code, department_name=name)
	for name, rank, above, places in POSTS:
		if not frappe.db.exists("Staff Post", name):
			_insert("Staff Post", post_name=name, rank=rank, manager_post=above)
		post = frappe.get_doc("Staff Post", name)
		post.append("places", {"project": project, "places": places})
		post.save(ignore_permissions=True)  # demo data
	staff = []
	for number, (name, gender, department, post, role, manager) in enumerate(PEOPLE, 1):
		user = user_of(role) if logins and role and frappe.db.exists("User", user_of(role)) else None
		if user and frappe.db.exists("Staff Member", {"user": user}):
			user = None
		staff.append(
			_insert(
				"Staff Member",
				project=project,
				staff_no=f"{project}-{number:03d}",
				staff_name=name,
				gender=gender,
				status="Probation" if number == len(PEOPLE) else "At Work",
				department=f"{project}-{department}",
				post=post,
				user=user,
				manager=staff[manager - 1].name if manager else None,
				date_of_joining=f"{2019 + number % 6}-0{number % 9 + 1}-01",
				new_mobile=f"1390571{number:04d}",
				education="College",
			)
		)
	return staff


def make_papers(staff: list) -> None:
	now = getdate(today())
	for number, row in enumerate(staff):
		_insert(
			"Staff Contract",
			project=row.project,
			staff=row.name,
			contract_no=f"HT-{row.staff_no}",
			contract_kind="Labour Contract",
			from_date=add_days(now, -900 + number),
			to_date=add_days(now, 20 + number * 40),
		)
	for position, name, expires in (
		(5, "低压电工作业证", 12),
		(6, "低压电工作业证", -6),
		(7, "消防设施操作员证", 400),
		(4, "电梯安全管理员证", 55),
	):
		_insert(
			"Staff Certificate",
			project=staff[position].project,
			staff=staff[position].name,
			certificate_name=name,
			certificate_no=f"ZJ{position:02d}{expires % 97:04d}",
			issuer="应急管理局",
			issued_on=add_days(now, -1000),
			expires_on=add_days(now, expires),
			required=1,
		)
	_insert(
		"Staff Checklist", project=staff[-1].project, staff=staff[-1].name, kind="Onboarding", due_on=add_days(now, 5)
	)


def make_attendance(project: str, staff: list) -> None:
	_insert("Attendance Area", project=project, area_name="客服中心", latitude=30.2462, longitude=120.1552, radius=300)
	for code, name, start, end in (
		("A", "早班", "07:00:00", "15:00:00"),
		("B", "中班", "15:00:00", "23:00:00"),
		("N", "夜班", "23:00:00", "07:00:00"),
	):
		_insert(
			"Duty Shift",
			project=project,
			shift_code=code,
			shift_name=name,
			start_time=start,
			end_time=end,
			late_after=5,
		)
	now = getdate(today())
	month = now.strftime("%Y-%m")
	days = rosters.month_days(month)
	roster = _insert(
		"Duty Roster",
		project=project,
		month=month,
		department=f"{project}-GC",
		lines=[
			{"staff": row.name, "days": ",".join("AABBNN--"[(day.day + shift * 2) % 8] for day in days)}
			for shift, row in enumerate(staff[4:7])
		],
	)
	approve(roster)
	for number, row in enumerate(staff[:4] + staff[7:]):
		for day in days:
			if day >= now or day.weekday() > 4 or (day.day + number) % 11 == 0:
				continue
			late = 18 if (day.day + number) % 9 == 0 else -(number + day.day) % 12
			punch(row, day, time(9), late, "Clock In")
			punch(row, day, time(18), (number * 3 + day.day) % 25, "Clock Out")


def punch(staff, day: date, clock: time, minutes: int, kind: str) -> None:
	moment = datetime.combine(day, clock) + timedelta(minutes=minutes)
	checkin.record(staff, kind, moment, "Time Clock", duty_date=day)


def make_requests(staff: list) -> None:
	now = getdate(today())
	for row in staff:
		_insert(
			"Leave Entitlement", project=row.project, staff=row.name, leave_kind="Annual Leave", year=now.year, days=5
		)
	first_monday = add_days(now, 7 - now.weekday())
	for position, kind, start, length, step in (
		(2, "Annual Leave", add_days(first_monday, 7), 2, "ask"),
		(3, "Personal Leave", add_days(first_monday, 1), 1, "approve"),
		(9, "Annual Leave", add_days(first_monday, 14), 1, "ask"),
	):
		if add_days(start, length - 1).year != now.year:
			kind = "Personal Leave"
		doc = _insert(
			"Leave Request",
			project=staff[position].project,
			staff=staff[position].name,
			leave_kind=kind,
			from_date=start,
			to_date=add_days(start, length - 1),
			reason="家中有事",
		)
		approve(doc) if step == "approve" else ask(doc)
	overtime = (
		_insert(
			"Overtime Request",
			project=staff[5].project,
			staff=staff[5].name,
			duty_date=add_days(first_monday, -9),
			from_time="18:30:00",
			to_time="21:00:00",
			reason="水泵房抢修",
			compensation="Overtime Pay",
		)
		if not _on_duty(staff[5], add_days(first_monday, -9))
		else None
	)
	if overtime:
		ask(overtime)


def _on_duty(staff, day: date) -> bool:
	return rosters.Plan(staff.project, [staff.name], day, day).shift(staff.name, day) is not None


def make_training(project: str, staff: list) -> None:
	if not frappe.db.exists("Training Course", "KF-01"):
		_insert(
			"Training Course", course_code="KF-01", course_name="客服服务规范", course_kind="Service", hours=2, valid_months=12,
			test_questions=4, pass_mark=75, test_minutes=20, attempts=2, content="<p>来电接听、投诉受理、报修派单的标准动作与禁语。</p>",
			posts=[{"post": "客服管家"}, {"post": "收费员"}],
		)  # fmt: skip
		_insert(
			"Training Course",
			course_code="AQ-01",
			course_name="消防安全与应急疏散",
			course_kind="Safety",
			hours=3,
			test_questions=0,
		)
		for kind, text, options, answer, explanation in QUESTIONS:
			_insert(
				"Training Question", course="KF-01", question_kind=kind, question=text, answer=answer, explanation=explanation,
				option_a=options[0], option_b=options[1], option_c=options[2], option_d=options[3],
			)  # fmt: skip
	now = now_datetime().replace(minute=0, second=0, microsecond=0)
	plan = _insert(
		"Training Plan",
		project=project,
		year=now.year,
		goals="人均培训不少于20学时，客服岗位考试合格率95%以上。",
		lines=[
			{
				"course": "KF-01",
				"month": str(now.month),
				"audience": "客服部全体",
				"people": 4,
				"trainer": "李敏",
				"budget": 300,
			},
			{
				"course": "AQ-01",
				"month": str(now.month),
				"audience": "全体员工",
				"people": 11,
				"trainer": "赵刚",
				"budget": 800,
			},
		],
	)
	approve(plan)
	done = _session(project, "KF-01", plan.name, now - timedelta(days=6), staff[1:4] + staff[10:], "李敏", attended=4)
	for row in done.participants[:3]:
		frappe.db.set_value("Training Participant", row.name, {"score": 100, "passed": 1, "rating": 5})
	frappe.db.set_value("Training Session", done.name, "status", "Done")
	training.issue(done.name, [row.staff for row in done.participants[:3]])
	done = frappe.get_doc("Training Session", done.name)
	done.update(
		{
			"effect": "Some Improvement",
			"findings": "来电三声内接听率提高，投诉登记更完整。",
			"measures": "下季度安排复训。",
		}
	)
	done.save(ignore_permissions=True)  # demo data
	_session(project, "AQ-01", plan.name, now + timedelta(days=3), staff, "赵刚", attended=0)


def _session(project: str, course: str, plan: str, starts: datetime, staff: list, trainer: str, attended: int):
	return _insert(
		"Training Session",
		project=project,
		course=course,
		course_name=frappe.db.get_value("Training Course", course, "course_name"),
		plan=plan,
		starts_on=starts,
		ends_on=starts + timedelta(hours=2),
		place="物业会议室",
		trainer=trainer,
		participants=[{"staff": row.name, "attended": int(number < attended)} for number, row in enumerate(staff)],
	)


def ask(doc) -> None:
	doc.db_set("workflow_state", "Pending Approval")


def approve(doc) -> None:
	"""What somebody approved, without the people who would do it on a site."""
	doc.flags.ignore_permissions = True  # demo data
	ask(doc)
	doc.reload()
	doc.workflow_state = "Approved"
	owner = frappe.session.user
	try:
		frappe.set_user(user_of("Office Director") if frappe.db.exists("User", user_of("Office Director")) else owner)
		doc.submit()
	finally:
		frappe.set_user(owner)


def _insert(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)  # demo data
