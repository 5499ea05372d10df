"""Demo data: three months of cases in every state, calls of the hotline, follow-ups, an outage and a major complaint."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import frappe
from frappe.utils import get_datetime, now_datetime, today

from kefu_property.service_desk import actions, dispatch, follow_up, hotline, setup
from kefu_property.service_desk.doctype.service_incident.service_incident import add_cases
from kefu_property.suite import demo as suite_demo
from kefu_property.suite.demo import user_of

CASES = {
	"Repair Order": (
		("Pipe Leak", "厨房水管漏水", "更换角阀和软管，试压正常", "Wear"),
		("Pipe Leak", "卫生间顶部渗水", "楼上地漏重新密封", "Neighbour"),
		("Blocked Drain", "阳台地漏反水", "疏通主管，清出杂物", "Wrong Use"),
		("Power Failure", "家里跳闸推不上去", "更换漏电保护器", "Wear"),
		("Corridor Light", "3 楼楼道灯不亮", "更换声控灯", "Wear"),
		("Switch or Socket", "客厅插座没电", "接线松动，重新压接", "Poor Workmanship"),
		("Door or Lock", "入户门锁打不开", "更换锁芯", "Wear"),
		("Entrance Intercom", "单元门禁刷卡没反应", "更换读卡模块", "Defect from Construction"),
		("Lift Failure", "2 号电梯停在 5 楼不动", "维保单位更换门机皮带", "Contractor"),
	),
	"Complaint": (
		("Noise", "楼上周末装修噪音", "现场劝停，按规定时间施工", "Neighbour"),
		("Garbage and Cleaning", "垃圾桶满了没人清", "增加下午清运一次", "Contractor"),
		("Parking", "消防车道被私家车占用", "通知车主驶离并贴提示", "Neighbour"),
		("Pets", "电梯里有宠物粪便", "清洁并张贴文明养犬提示", "Neighbour"),
		("Service of Staff", "门岗态度不好", "约谈当班人员并致歉", "Service of Staff"),
		("Slow Handling", "报修三天没人联系", "调整派单规则并致歉", "Service of Staff"),
	),
	"Enquiry": (
		("Procedures and Papers", "如何办理装修手续", "已告知所需材料和流程", ""),
		("Fees and Bills", "想核对上月物业费账单", "已逐项说明并提供明细", ""),
		("Suggestion", "建议增加儿童活动设施", "已转社区活动计划", ""),
		("Praise of Staff", "感谢王师傅周末上门", "已转达并登记表扬", ""),
	),
}
#: a project with fewer homes is too small for three months of cases
HOMES = 24
PRICES = (
	("更换角阀（人工）", "Pipe Leak", "30", "次"),
	("疏通下水（人工）", "Blocked Drain", "80", "次"),
	("更换锁芯（人工）", "Door or Lock", "50", "次"),
	("更换开关插座（人工）", "Switch or Socket", "20", "个"),
	("电路检修（人工）", "Power Failure", "60", "小时"),
)


def load(context: frappe._dict) -> None:
	"""Load what is missing. Safe to repeat."""
	suite_demo.assign_projects()
	for number, project in enumerate(frappe.get_all("Property Project", pluck="name", order_by="name")):
		if frappe.db.exists("Repair Order", {"project": project}):
			continue
		homes = homes_of(project)
		if len(homes) >= HOMES:
			load_project(project, homes, random.Random(number + 7))


def homes_of(project: str) -> list[dict]:
	return frappe.get_all(
		"Property Unit",
		filters={"project": project, "unit_type": "Dwelling", "current_owner": ["is", "set"]},
		fields=["name", "current_owner"],
		order_by="name",
		limit=60,
	)


def load_project(project: str, homes: list[dict], chance: random.Random) -> None:
	set_people(project)
	add_prices(project)
	begin = now_datetime() - timedelta(days=88)
	for number in range(54):
		kind = ("Repair Order", "Complaint", "Repair Order", "Enquiry", "Repair Order", "Complaint")[number % 6]
		received = begin + timedelta(days=number * 88 / 56, hours=chance.randint(0, 9))
		add_finished(project, kind, chance.choice(homes), received, chance)
	add_open_cases(project, homes)
	add_major(project, homes[3])
	add_outage(project, homes)
	add_calls(project, homes, chance)
	follow_up.make_tasks_of(project, today())
	record_some_follow_ups(project)


def set_people(project: str) -> None:
	people = {
		setup.CUSTOMER_SERVICE: (("CS Agent", "801"), ("CS Supervisor", "802")),
		setup.ENGINEERING: (("Technician", "811"), ("Engineering Lead", "812")),
		setup.ORDER: (("Order and Cleaning Lead", "821"),),
		setup.CLEANING: (("Order and Cleaning Lead", "822"),),
	}
	for name, members in people.items():
		doc = frappe.get_doc("Service Department", {"project": project, "department_name": name})
		if not doc.members:
			doc.set(
				"members",
				[{"user": user_of(role), "available": 1, "extension": extension} for role, extension in members],
			)
			doc.save(ignore_permissions=True)  # demo data


def add_prices(project: str) -> None:
	for name, category, rate, unit in PRICES:
		_insert(
			"Repair Labour Price",
			project=project,
			labour_name=name,
			category=category,
			rate=rate,
			unit_of_measure=unit,
			valid_from="2026-01-01",
		)


def _insert(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)  # demo data


def _case(project: str, kind: str, home: dict, line: tuple, **values):
	return _insert(
		kind,
		project=project,
		unit=home.name,
		resident=home.current_owner,
		category=line[0],
		subject=line[1],
		**{"source": "Phone", **({"enquiry_kind": "Question"} if kind == "Enquiry" else {}), **values},
	)


def add_finished(project: str, kind: str, home: dict, received: datetime, chance: random.Random) -> None:
	"""A case of the past: its times are written as they would have been."""
	line = chance.choice(CASES[kind])
	doc = _case(
		project,
		kind,
		home,
		line,
		received_on=received,
		source=chance.choice(("Phone", "Front Desk", "Portal", "Visit")),
	)
	answered = received + timedelta(minutes=chance.choice((3, 5, 8, 12, 14, 25)))
	resolved = received + timedelta(hours=chance.choice((2, 4, 9, 20, 30, 50, 90)))
	resolved = min(resolved, now_datetime() - timedelta(minutes=5))
	late = answered > get_datetime(doc.first_answer_due) or resolved > get_datetime(doc.close_due)
	values = {
		"status": "Closed" if resolved < now_datetime() - timedelta(days=10) else "Resolved",
		"accepted_on": answered,
		"first_answered_on": answered,
		"feedback_on": min(resolved, answered + timedelta(hours=3)),
		"resolved_on": resolved,
		"resolved_by": doc.assigned_to or user_of("CS Agent"),
		"result": line[2],
		"cause": line[3],
		"next_due": None,
		"warn_on": None,
		"deadline_state": "Missed" if late else "Met",
		"reopen_count": int(chance.random() < 0.12),
	}
	if chance.random() < 0.6:
		values.update({"rating": chance.choice((5, 5, 5, 4, 4, 3, 2)), "rated_on": resolved})
	if chance.random() < 0.4:
		values.update({"quality_score": chance.randint(75, 98), "quality_by": user_of("CS Supervisor")})
	if values["status"] == "Closed":
		values.update({"closed_on": resolved, "closed_by": user_of("CS Agent"), "followed_up_on": resolved})
	frappe.db.set_value(kind, doc.name, values, update_modified=False)
	frappe.db.set_value("ToDo", {"reference_type": kind, "reference_name": doc.name}, "status", "Closed")


def add_open_cases(project: str, homes: list[dict]) -> None:
	now = now_datetime()
	for number, line in enumerate(CASES["Repair Order"][:6]):
		order = _case(
			project,
			"Repair Order",
			homes[number],
			line,
			received_on=now - timedelta(hours=number * 7),
			appointment_from=now + timedelta(hours=number + 1),
			appointment_to=now + timedelta(hours=number + 2),
			place_detail="入户请提前电话联系",
		)
		if number % 2:
			order.assigned_to = order.assigned_to or user_of("Technician")
			order.move("In Progress")
		if number == 3:
			add_quotation(order)
	for number, line in enumerate(CASES["Complaint"][:4]):
		case = _case(project, "Complaint", homes[10 + number], line, received_on=now - timedelta(hours=number * 20))
		if number == 1:
			actions.write_reply(case, "已收到您的投诉，正在与保洁单位核实。", "First Answer", "Portal")
		if number == 2:
			case.move("In Progress")
			case.move("Waiting for Owner", reason="请提供车牌照片")
	for number, line in enumerate(CASES["Enquiry"][:2]):
		_case(project, "Enquiry", homes[15 + number], line, received_on=now - timedelta(hours=number * 5))
	owner = frappe.db.get_value("Resident", {"project": project, "user": ["is", "set"]}, "name")
	home = next((row for row in homes if row.current_owner == owner), None)
	if home:
		add_quotation(_case(project, "Repair Order", home, CASES["Repair Order"][6], source="Portal"))


def add_quotation(order) -> None:
	"""A price that waits for the owner's answer on the portal."""
	price = frappe.db.get_value("Repair Labour Price", {"project": order.project}, "name")
	order.reload()
	order.paid_by = "Owner"
	order.append("labour", {"labour": price, "quantity": 1, "rate": 0})
	order.append("materials", {"description": "角阀 DN15", "quantity": 2, "rate": "18.50"})
	order.flags.system_step = True
	order.save(ignore_permissions=True)  # demo data
	dispatch.send_quotation(order.name)


def add_major(project: str, home: dict) -> None:
	case = _case(
		project,
		"Complaint",
		home,
		("Injury or Damage", "高空坠物砸坏车辆前挡玻璃"),
		received_on=now_datetime() - timedelta(hours=6),
		severity="Urgent",
		demand="查清责任人并赔偿损失",
	)
	case.reload()
	for task, role, days in (
		("调取监控，查找坠物楼层", "Order and Cleaning Lead", 1),
		("联系保险公司查勘定损", "CS Supervisor", 2),
		("排查外墙松动部位", "Engineering Lead", 3),
	):
		case.append(
			"tasks", {"task": task, "responsible": user_of(role), "due_on": now_datetime() + timedelta(days=days)}
		)
	case.tasks[0].done, case.tasks[0].result = 1, "已锁定 9 至 12 层，正在逐户走访"
	case.save(ignore_permissions=True)  # demo data


def add_outage(project: str, homes: list[dict]) -> None:
	incident = _insert(
		"Service Incident",
		project=project,
		title="1 栋停水：主管抢修",
		category="No Water",
		started_on=now_datetime() - timedelta(hours=3),
		expected_until=now_datetime() + timedelta(hours=4),
		description="市政主管破裂，供水公司正在抢修。",
		show_on_portal=1,
	)
	cases = [
		_case(
			project, "Repair Order", home, ("No Water", "家里没水了"), received_on=now_datetime() - timedelta(hours=2)
		)
		for home in homes[20:23]
	]
	add_cases(incident.name, [[case.doctype, case.name] for case in cases])


def add_calls(project: str, homes: list[dict], chance: random.Random) -> None:
	"""Two weeks of calls as a telephone system reports them, the last ones missed."""
	now = now_datetime()
	for number in range(70):
		start = now - timedelta(days=13 - number // 5, minutes=chance.randint(0, 500))
		taken = start + timedelta(seconds=chance.randint(4, 40)) if chance.random() < 0.86 else None
		add_call(project, f"demo-{number}", chance.choice(homes), start, taken, chance)
	for number in range(3):
		add_call(project, f"demo-missed-{number}", homes[number], now - timedelta(minutes=40 - number), None, chance)


def add_call(
	project: str, call_id: str, home: dict, start: datetime, taken: datetime | None, chance: random.Random
) -> None:
	call = hotline.receive(
		project,
		call_id,
		phone=f"1380000{chance.randint(1000, 9999)}",
		direction="Incoming",
		extension=chance.choice(("801", "802")),
		started_on=start.isoformat(),
		answered_on=taken.isoformat() if taken else "",
		ended_on=(
			taken + timedelta(seconds=chance.randint(40, 400)) if taken else start + timedelta(seconds=30)
		).isoformat(),
	)
	known = chance.random() < 0.8
	call.db_set(
		{
			"resident": home.current_owner if known else None,
			"unit": home.name if known else None,
			"caller_name": frappe.db.get_value("Resident", home.current_owner, "resident_name") if known else None,
			"caller_known": int(known),
			"subject": chance.choice(("咨询收费", "报修催办", "停车问题", "快递代收", "装修手续")) if taken else None,
			"solved_in_call": int(bool(taken) and chance.random() < 0.55),
		}
	)


def record_some_follow_ups(project: str) -> None:
	names = frappe.get_all(
		"Follow Up Task", filters={"project": project, "status": "Open"}, pluck="name", order_by="creation", limit=5
	)
	answers = (
		("Satisfied", "处理及时，师傅很专业", 5, None),
		("Partly Satisfied", "问题解决了，但等的时间有点长", 3, None),
		("Dissatisfied", "没过两天又漏了", 1, "Reopened"),
	)
	for name, (result, said, stars, consequence) in zip(names, answers, strict=False):
		follow_up.record(name, result, said, stars, consequence)
	for name in names[3:4]:
		follow_up.not_reached(name, "无人接听")
