"""Demo data of what owners say: a forum with its answer, one to come, polls in every state, improvement proposals."""

from __future__ import annotations

import frappe
from frappe.utils import add_days, add_to_date, now_datetime, today

from kefu_property.registry import api as registry
from kefu_property.service_desk import forums, polls
from kefu_property.suite.demo import user_of


def load(context: frappe._dict) -> None:
	projects = frappe.get_all("Property Project", pluck="name")
	for doctype, make in (
		("Owner Forum", load_forums),
		("Opinion Poll", load_polls),
		("Improvement Proposal", load_proposals),
	):
		have = frappe.get_all(doctype, pluck="project", distinct=True)  # lint: allow query-in-loop: three kinds
		for project in projects:
			if project not in have:
				make(project)


def _owners(project: str, most: int = 12) -> list[tuple[str, str]]:
	"""(home, owner), each owner once."""
	found: dict[str, str] = {}
	for unit, resident in sorted(registry.owners([row.name for row in registry.units(project)]).items()):
		found.setdefault(resident, unit)
	return [(unit, resident) for resident, unit in found.items()][:most]


def _insert(doctype: str, project: str, **values):
	return frappe.get_doc({"doctype": doctype, "project": project, **values}).insert(
		ignore_permissions=True
	)  # demo data


def _set(doc, status: str, **values) -> None:
	"""Demo data stand in the state in which they are shown; nobody walked them through their workflow."""
	doc.db_set({"status": status, **values})


def load_forums(project: str) -> None:
	people = _owners(project)
	if not people:
		return
	shared = {
		"chair": user_of("Office Director"),
		"recorder": user_of("CS Agent"),
		"place": "小区会所一楼多功能厅",
	}
	done = _insert(
		"Owner Forum",
		project,
		subject="上季度物业服务业主座谈会",
		held_on=add_to_date(now_datetime(), days=-20),
		ends_on=add_to_date(now_datetime(), days=-20, hours=2),
		description="通报上季度服务与收支情况，听取业主意见。",
		topics=[
			{"topic": "电梯故障率偏高", "answer": "已与维保单位约定每半月保养一次，困人十五分钟内到场。"},
			{"topic": "非机动车停放与充电", "answer": "新增两处充电车棚，本月底投入使用。"},
		],
		invitations=[
			{"resident": resident, "unit": unit, "attended": int(number % 3 != 2), "reply": "Will Come"}
			for number, (unit, resident) in enumerate(people)
		],
		opinions=[
			{
				"topic": "电梯故障率偏高",
				"opinion": "早高峰电梯等待时间过长。",
				"resident": people[0][1],
				"answer": "早高峰安排专人疏导。",
			},
			{
				"topic": "非机动车停放与充电",
				"opinion": "希望增加车棚照明。",
				"resident": people[-1][1],
				"answer": "已列入施工内容。",
			},
		],
		actions=[
			{
				"action": "与电梯维保单位签订补充约定",
				"responsible": user_of("Engineering Lead"),
				"due_on": add_days(today(), -5),
				"done_on": add_days(today(), -7),
				"result": "已签订",
			},
			{"action": "新建两处充电车棚", "responsible": user_of("Engineering Lead"), "due_on": add_days(today(), 10)},
		],
		minutes="主任通报上季度服务情况；业主就电梯、停车、绿化提出意见；逐项答复并确定责任人和期限。",
		answer="感谢各位业主参加。电梯保养已加密，充电车棚本月底投入使用，进展将继续公布。",
		**shared,
	)
	_set(done, "Published", published_on=now_datetime())
	coming = _insert(
		"Owner Forum",
		project,
		subject="公共收益使用方案业主座谈会",
		held_on=add_to_date(now_datetime(), days=12),
		ends_on=add_to_date(now_datetime(), days=12, hours=2),
		description="讨论公共收益用于更换单元门禁的方案。",
		topics=[{"topic": "单元门禁更换方案"}, {"topic": "公共收益年度公示"}],
		invitations=[{"resident": resident, "unit": unit} for unit, resident in people],
		**shared,
	)
	forums.send_invitations(coming)
	coming.save(ignore_permissions=True)  # demo data
	_set(coming, "Invited")


def load_polls(project: str) -> None:
	people = _owners(project, 400)
	if not people:
		return
	running = _insert(
		"Opinion Poll",
		project,
		subject="公共收益用于更换单元门禁",
		matter="Ordinary Matter",
		question="是否同意使用公共收益更换各单元门禁系统？",
		explanation="现有门禁使用已满十年，故障频繁。预算 18.6 万元，全部由公共收益列支，不向业主另行收费。",
		opens_on=add_days(now_datetime(), -3),
		closes_on=add_days(now_datetime(), 11),
	)
	_set(running, "Approved")
	polls.open_voting(running.name)
	for number, (unit, resident) in enumerate(people):
		if number % 5 < 2 and number:
			polls.cast(running.name, unit, ("For", "For", "Against", "Abstain")[number % 4], resident, "Portal")
	over = _insert(
		"Opinion Poll",
		project,
		subject="调整小区北门开放时间",
		matter="Ordinary Matter",
		question="是否同意北门开放时间调整为 6:00 至 23:00？",
		opens_on=add_days(now_datetime(), -40),
		closes_on=add_days(now_datetime(), 1),
	)
	_set(over, "Approved")
	polls.open_voting(over.name)
	ballots = frappe.get_all(
		"Poll Ballot", filters={"poll": over.name}, fields=["unit", "owner_resident"], order_by="unit"
	)
	for number, row in enumerate(ballots):
		if number % 6:
			polls.cast(over.name, row.unit, "Against" if number % 4 == 1 else "For", row.owner_resident, "Portal")
	over.db_set("closes_on", add_days(now_datetime(), -10))
	polls.close_voting(over.name)
	over.reload()
	_set(over, polls.PUBLISHED, conclusion="表决通过，自下月一日起执行。", published_on=now_datetime())


def load_proposals(project: str) -> None:
	department = frappe.db.get_value("Service Department", {"project": project, "department_name": "工程维修部"})
	shared = {
		"department": department,
		"responsible": user_of("Engineering Lead"),
		"before_from": add_days(today(), -89),
		"before_to": today(),
	}
	_insert(
		"Improvement Proposal",
		project,
		title="减少楼道灯重复报修",
		category="Corridor Light",
		case_kind="Repair Order",
		problem="同一楼道灯三个月内多次报修，业主夜间出行不便。",
		cause_analysis="灯具为五年前安装的声控灯，驱动老化；更换只换灯泡不换驱动。",
		proposal="分批更换为一体化雷达感应灯，故障较多的楼栋先换。",
		expected_cost=8600,
		due_on=add_days(today(), 30),
		measures=[
			{
				"measure": "统计近一年故障楼道并排序",
				"responsible": user_of("Technician"),
				"due_on": add_days(today(), 5),
			},
			{"measure": "更换 1、2 栋楼道灯具", "responsible": user_of("Technician"), "due_on": add_days(today(), 25)},
		],
		**shared,
	)
	started = _insert(
		"Improvement Proposal",
		project,
		title="降低装修噪音投诉",
		category="Noise",
		case_kind="Complaint",
		problem="午休和周末的装修噪音投诉集中。",
		cause_analysis="装修时间告知不到位，巡查没有覆盖午休时段。",
		proposal="装修许可上印明施工时间，午休时段增加一次巡查，违规按装修协议处理。",
		due_on=add_days(today(), 15),
		measures=[
			{
				"measure": "午休时段巡查排班",
				"responsible": user_of("Order and Cleaning Lead"),
				"due_on": add_days(today(), 3),
			}
		],
		**{**shared, "responsible": user_of("Order and Cleaning Lead")},
	)
	_set(started, "In Progress", prepared_by=user_of("CS Agent"), approved_by=user_of("Office Director"))
