"""Demo data of duty, plans, budget, proposals, honours and the operations board."""

from __future__ import annotations

import frappe
from frappe.utils import add_days, get_first_day, getdate, now_datetime, today

from kefu_property.office import goals, operations
from kefu_property.suite.demo import assign_projects, user_of

PATTERN = (("早", "早班", "08:00:00", "20:00:00"), ("夜", "夜班", "20:00:00", "08:00:00"))


def load(context: frappe._dict) -> None:
	assign_projects()  # who signs a sheet acts as themselves
	# nobody of the few demo people can work at two places at once: one project shows it all
	project = frappe.get_all("Property Project", pluck="name", order_by="creation", limit=1)
	if not project:
		return
	for doctype, function in (
		("Duty Post", load_duty),
		("Work Goal", load_plans),
		("Yearly Budget", load_budget),
		("Work Proposal", load_proposals),
		("Honour Record", load_honours),
		("Operations Report", operations.write_report),
	):
		if not frappe.db.exists(doctype, {"project": project[0]}):
			function(project[0])


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
		"Post Roster",
		project=project,
		post=desk,
		pattern=pattern,
		month=get_first_day(today()),
		staff=[{"staff": person} for person in people if frappe.db.exists("User", person)],
	)
	_approve("Post Roster", roster)
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


#: goals of the year: title, measure (None: by hand), target, unit, reached so far
YEAR_GOALS = (
	("物业费收缴率达到 95%", "collection_rate", 95, "%", None),
	("诉求按时办结率达到 95%", "closed_in_time", 95, "%", None),
	("业主满意率达到 92%", "satisfaction", 92, "%", None),
	("业主走访 240 户", None, 240, "户", 205),
)
BUDGET = (
	("OFF", "办公用品", "日常", 12000),
	("MAT", "维修材料", "维修", 60000),
	("ACT", "社区活动", "活动", 30000),
	("TRN", "培训费", "人员", 15000),
	("PUB", "宣传印刷", "日常", 8000),
)


def load_plans(project: str) -> None:
	year, month = getdate(today()), getdate(get_first_day(today()))
	supervisor, agent = user_of("CS Supervisor"), user_of("CS Agent")
	top = _goal(project, f"{year.year} 年客服部工作目标", "Year", year, supervisor, source="From Parts")
	for title, measure, target, unit, reached in YEAR_GOALS:
		source = {"source": "Measured", "measure": measure} if measure else {"source": "By Hand"}
		goal = _goal(project, title, "Year", year, supervisor, parent_goal=top, target=target, unit=unit, **source)
		if reached:
			_goal_report(goal, reached, "四个楼栋已走访完毕")
			quarter = _goal(
				project, "本季度走访 60 户", "Quarter", year, supervisor, parent_goal=goal, target=60, unit=unit
			)
			part = _goal(project, "本月走访 20 户", "Month", month, agent, parent_goal=quarter, target=20, unit=unit)
			_goal_report(quarter, 41, None)
			_goal_report(part, 9, "2 栋走访一半")
			week = _goal(project, "本周走访 5 户", "Week", year, agent, parent_goal=part, target=5, unit=unit)
			_goal_report(week, 5, "已完成")
			_goal(project, "今日回访 3-1-802 漏水维修", "Day", year, agent, parent_goal=week, target=1, unit="次")
	goals.refresh(project)
	_insert(
		"Work Summary",
		project=project,
		staff=agent,
		period_kind="Week",
		starts_on=today(),
		done_text="走访 5 户，处理报修 12 件，回访 8 户。",
		problems="2 栋漏水问题反复，需工程部安排防水维修。",
		next_text="完成 2 栋剩余走访；跟进漏水维修。",
	)


def _goal(project: str, title: str, kind: str, day, responsible: str, **values) -> str:
	name = _insert(
		"Work Goal",
		project=project,
		title=title,
		period_kind=kind,
		starts_on=day,
		responsible=responsible,
		**values,
	)
	_approve("Work Goal", name, state="In Force")
	return name


def _goal_report(name: str, reached: float, note: str | None) -> None:
	frappe.get_doc("Work Goal", name).report_progress(reached, note)


def load_budget(project: str) -> None:
	year = getdate(today()).year
	for code, name, category, _amount in BUDGET:
		if not frappe.db.exists("Budget Item", code):
			_insert("Budget Item", item_code=code, item_name=name, category=category)
	lines = [{"budget_item": row[0], "amount": row[3]} for row in BUDGET]
	_approve("Yearly Budget", _insert("Yearly Budget", project=project, year=year, lines=lines), state="In Force")
	spent = (
		("OFF", 9860, "文具、打印纸、硒鼓", "晨光文具"),
		("MAT", 41200, "三季度维修材料", "鸿达建材"),
		("ACT", 12500, "中秋游园会", "乐家文化"),
	)
	for item, amount, purpose, payee in spent:
		name = _insert(
			"Budget Spending",
			project=project,
			budget_item=item,
			amount=amount,
			purpose=purpose,
			payee=payee,
			spent_on=today(),
		)
		_approve("Budget Spending", name)
	waiting = frappe.get_doc(
		"Budget Spending",
		_insert(
			"Budget Spending",
			project=project,
			budget_item="TRN",
			amount=3600,
			purpose="客服礼仪培训讲师费",
			payee="明德咨询",
			spent_on=today(),
		),
	)
	waiting.workflow_state = "Pending Approval"
	waiting.save()


def load_proposals(project: str) -> None:
	agent, engineer = user_of("CS Agent"), user_of("Engineering Lead")
	idea = _as(
		agent,
		_insert,
		"Work Proposal",
		project=project,
		kind="Improvement Idea",
		subject="快递架按楼栋分区并贴色标",
		reason="高峰时段住户找件平均超过 3 分钟，前台排队。",
		content="<p>将快递架按楼栋分为四区，分别贴红、黄、蓝、绿色标，取件短信注明颜色。</p>",
		benefit="取件时间缩短一半",
		cost=600,
	)
	doc = frappe.get_doc("Work Proposal", idea)
	doc.flags.ignore_permissions = True  # demo data
	doc.workflow_state = "Pending Review"
	doc.save()
	for voter, choice in ((engineer, "For"), (user_of("Cashier"), "For"), (user_of("Store Keeper"), "Against")):
		_as(voter, frappe.get_doc("Work Proposal", idea).vote, choice)
	_as(
		engineer,
		_insert,
		"Work Proposal",
		project=project,
		kind="Staffing Plan",
		subject="夜班增加一名维修值班",
		reason="夜间报修平均到场 46 分钟，超过 30 分钟承诺。",
		content="<p>夜班由 1 人增至 2 人，每月增加人工约 5200 元。</p>",
	)
	for subject, to, due, state in (
		("2 栋屋面防水维修安排", "工程部", 2, "Sent"),
		("消防通道堆物清理", "秩序部", -2, "Sent"),
	):
		lead = user_of("Engineering Lead" if to == "工程部" else "Order and Cleaning Lead")
		name = _as(
			agent,
			_insert,
			"Cooperation Request",
			project=project,
			subject=subject,
			to_department=to,
			to_staff=lead,
			due_on=add_days(today(), max(due, 0)),
			request="请安排人员现场查看并答复处理时间。",
		)
		request = frappe.get_doc("Cooperation Request", name)
		request.flags.ignore_permissions = True  # demo data
		request.workflow_state = state
		request.save()
		if due < 0:
			request.db_set("due_on", add_days(today(), due))


def load_honours(project: str) -> None:
	for title, issuer, level, awarded, until in (
		("物业管理示范小区", "市住房和城乡建设局", "Municipal", "2024-06-18", "2027-06-17"),
		("垃圾分类先进小区", "区城市管理局", "District", "2025-01-10", None),
		("平安小区", "区公安分局", "District", "2023-12-01", "2025-11-30"),
	):
		_insert(
			"Honour Record",
			project=project,
			title=title,
			issuer=issuer,
			level=level,
			awarded_on=awarded,
			valid_until=until,
			holder="客服中心",
			holder_kind="Department",
		)
	campaign = _insert(
		"Honour Campaign",
		project=project,
		title="省级物业服务标杆项目",
		organiser="省物业管理协会",
		level="Provincial",
		apply_by=add_days(today(), 45),
		period_from=f"{getdate(today()).year}-01-01",
		period_to=today(),
		pass_score=90,
		criteria=[
			{"criterion": "物业费收缴率 95% 以上", "full_score": 30, "own_score": 26, "measure": "collection_rate"},
			{"criterion": "业主满意率 90% 以上", "full_score": 30, "own_score": 28, "measure": "satisfaction"},
			{"criterion": "诉求按时办结率 95% 以上", "full_score": 20, "own_score": 17, "measure": "closed_in_time"},
			{
				"criterion": "设施设备台账齐全，标识完整",
				"full_score": 20,
				"own_score": 14,
				"evidence": "设备台账 2025 版",
				"gap": "水泵房、配电室标识缺 12 处",
				"responsible": user_of("Engineering Lead"),
				"due_on": add_days(today(), 20),
			},
		],
	)
	frappe.get_doc("Honour Campaign", campaign).collect_evidence()


def _insert(doctype: str, **values) -> str:
	doc = frappe.get_doc({"doctype": doctype, **values})
	doc.flags.ignore_permissions = True  # demo data
	return doc.insert().name


def _approve(doctype: str, name: str, approver: str = "Office Director", state: str = "Approved") -> None:
	"""Bring a demo paper to approval: whoever is signed in prepared it, the approver is somebody else."""
	doc = frappe.get_doc(doctype, name)
	doc.flags.ignore_permissions = True  # demo data
	doc.workflow_state = "Pending Approval"
	doc.save()
	_as(user_of(approver), _finish, doctype, name, state)


def _finish(doctype: str, name: str, state: str) -> None:
	doc = frappe.get_doc(doctype, name)
	doc.flags.ignore_permissions = True  # demo data
	doc.workflow_state = state
	(doc.submit if doc.meta.is_submittable else doc.save)()


def _as(user: str, function, *args, **values):
	before = frappe.session.user
	frappe.set_user(user)
	try:
		return function(*args, **values)
	finally:
		frappe.set_user(before)
