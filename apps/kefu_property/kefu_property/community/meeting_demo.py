"""Demo data of meetings and receptions: rooms, a meeting with minutes and action items, one to come, two receptions."""

from __future__ import annotations

from datetime import timedelta

import frappe
from frappe.utils import add_days, get_datetime, now_datetime, today

from kefu_property.community import meeting_rooms
from kefu_property.suite.demo import user_of


def load(context: frappe._dict) -> None:
	project = frappe.db.get_value("Property Project", {}, "name", order_by="creation")
	if project and not frappe.db.exists("Meeting Room", {"project": project}):
		load_project(project)


def load_project(project: str) -> None:
	rooms = [
		_insert(
			"Meeting Room",
			project=project,
			room_code=code,
			room_name=name,
			place="物业服务中心 2 楼",
			seats=seats,
			price_per_hour=price,
			equipment="投影仪、白板、视频会议",
		).name
		for code, name, seats, price in (("M1", "第一会议室", 30, 200), ("M2", "洽谈室", 8, 80))
	]
	held = _meeting(project, rooms[0], -7, "九月客服工作例会", status="Took Place")
	_minutes(held)
	_meeting(project, rooms[0], 2, "冬季防火专题会")
	_meeting(
		project,
		rooms[1],
		3,
		"业委会换届筹备会",
		kind="Paid Meeting Service",
		customer="业主委员会筹备组",
		services=[{"service": "茶水", "quantity": 8, "price": 10}, {"service": "横幅", "quantity": 1, "price": 60}],
	)
	_reception(project, rooms, -20, "市住建局物业科", "Inspection by Authorities", finished=True)
	_reception(project, rooms, 9, "滨江区兄弟项目", "Study Visit")


def _insert(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)  # demo data


def _at(days: int, hour: int):
	return get_datetime(f"{add_days(today(), days)} {hour:02d}:00:00")


def _meeting(project: str, room: str, days: int, subject: str, status: str = "Booked", **values):
	begin = _at(days, 9)
	doc = _insert(
		"Office Meeting",
		project=project,
		subject=subject,
		chair=user_of("CS Supervisor"),
		secretary=user_of("Office Clerk"),
		room=room,
		starts_on=begin,
		ends_on=begin + timedelta(hours=2),
		agenda=[{"topic": "上月工作总结", "minutes": 40}, {"topic": "投诉与报修分析", "minutes": 50}],
		attendees=[
			{"user": user_of(role)}
			for role in ("CS Supervisor", "CS Agent", "Engineering Lead", "Office Clerk", "Cashier")
		],
		**values,
	)
	meeting_rooms.book(doc, subject, [(room, doc.starts_on, doc.ends_on)])
	doc.db_set({"docstatus": 1, "status": status})
	for row in doc.attendees:
		present = status == "Took Place" and row.idx != 5
		row.db_set(
			{"docstatus": 1}
			| ({"attendance": "Present", "signed_on": begin - timedelta(minutes=3 * row.idx)} if present else {})
		)
	return doc


def _minutes(meeting) -> None:
	minutes = _insert(
		"Meeting Minutes",
		project=meeting.project,
		meeting=meeting.name,
		content="<p>通报上月报修及时率与投诉处理情况，分析电梯停梯投诉原因。</p>",
		decisions="<p>一、电梯维保周期由 15 天缩短为 10 天；二、收费窗口周六照常开放。</p>",
		actions=[
			{
				"task": "与维保单位签订补充协议",
				"responsible": user_of("Engineering Lead"),
				"due_date": add_days(today(), 5),
			},
			{"task": "公示周六收费窗口开放时间", "responsible": user_of("CS Agent"), "due_date": add_days(today(), -2)},
		],
	)
	minutes.db_set(
		{
			"docstatus": 1,
			"workflow_state": "Approved",
			"prepared_by": user_of("Office Clerk"),
			"prepared_on": now_datetime(),
			"approved_by": user_of("Office Director"),
			"approved_on": now_datetime(),
		}
	)
	minutes.on_submit()


def _reception(project: str, rooms: list, days: int, visitors: str, kind: str, finished: bool = False) -> None:
	doc = _insert(
		"Reception Plan",
		project=project,
		visitors=visitors,
		kind=kind,
		purpose="了解物业服务与安全管理情况",
		starts_on=_at(days, 9),
		ends_on=_at(days, 16),
		host=user_of("Office Director"),
		guide=user_of("CS Supervisor"),
		guests=[
			{"guest_name": "周卫东", "company": visitors, "post": "科长"},
			{"guest_name": "吴晓明", "company": visitors, "post": "主任科员"},
		],
		programme=[
			{"begins": _at(days, 9), "activity": "会议室座谈，介绍项目情况", "place": "第一会议室"},
			{"begins": _at(days, 11), "activity": "参观监控中心与消防设施", "place": "监控中心"},
		],
		rooms=[{"room": rooms[0], "starts_on": _at(days, 9), "ends_on": _at(days, 11)}],
		costs=[
			{"cost_item": "茶歇", "planned": 260, "actual": 248.5 if finished else 0},
			{"cost_item": "工作餐", "planned": 480, "actual": 465 if finished else 0},
		],
	)
	if not finished:
		doc.db_set({"workflow_state": "Pending Approval", "prepared_by": user_of("Office Clerk")})
		return
	meeting_rooms.book(doc, visitors, [(row.room, row.starts_on, row.ends_on) for row in doc.rooms])
	doc.db_set(
		{
			"docstatus": 1,
			"workflow_state": "Finished",
			"prepared_by": user_of("Office Clerk"),
			"approved_by": user_of("Office Director"),
			"approved_on": now_datetime(),
			"record": "<p>检查组听取汇报并查看消防控制室，对值班记录规范给予肯定，建议加强电动车管理。</p>",
			"opinions": "消防通道标识清晰，建议增加充电桩。",
		}
	)
