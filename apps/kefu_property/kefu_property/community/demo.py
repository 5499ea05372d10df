"""Demo data: notices, a published quarter with objections, activities in every state, services with bookings, a campaign."""

from __future__ import annotations

import frappe
from frappe.utils import add_days, add_to_date, get_datetime, getdate, now_datetime, today

from kefu_property.community import bookings
from kefu_property.registry import api as registry
from kefu_property.rules import community_rules as rules
from kefu_property.suite.demo import user_of

NOTICES = (
	(
		"关于小区生活水池清洗的停水通知",
		"Water or Power Cut",
		-1,
		4,
		0,
		0,
		"<p>定于本周六 9:00—17:00 清洗生活水池，期间停水，请提前储水。</p>",
	),
	(
		"电梯年度检验安排",
		"Maintenance",
		-3,
		20,
		1,
		0,
		"<p>各楼栋电梯将依次检验，每部停用约 2 小时，具体时间见楼栋张贴单。</p>",
	),
	(
		"台风“海棠”紧急防范提示",
		"Safety",
		0,
		2,
		0,
		1,
		"<p>请关好门窗，收起阳台物品，车辆勿停放在低洼处和树下。应急电话 24 小时畅通。</p>",
	),
	("文明养犬倡议", "General", -60, -20, 0, 0, "<p>遛犬请牵绳，及时清理粪便。</p>"),
)
SERVICES = (
	("油烟机清洗", "Appliance Cleaning", "150", "Service Visit", "<p>上门拆洗，含滤网、叶轮、油盒。</p>"),
	("日常保洁", "Housekeeping", "45", "Working Hour", "<p>两小时起约，自带工具与清洁剂。</p>"),
	("代办代取", "Errands", "15", "Service Visit", "<p>代缴、代取、代购，当日完成。</p>"),
)


def load(context: frappe._dict) -> None:
	for project in frappe.get_all("Property Project", pluck="name"):
		if not frappe.db.exists("Community Notice", {"project": project}):
			load_project(project)


def load_project(project: str) -> None:
	homes = [(row.unit, row.resident) for row in registry.payers(project, today(), today())][:14]
	if len(homes) < 14:
		return
	make_notices(project, homes)
	make_activities(project, homes)
	make_services(project, homes)
	make_campaign(project)
	make_disclosures(project, homes)


def make_notices(project: str, homes: list) -> None:
	for title, kind, begin, end, pinned, emergency, content in NOTICES:
		doc = _insert(
			"Community Notice",
			project=project,
			title=title,
			kind=kind,
			valid_from=add_days(today(), begin),
			valid_to=add_days(today(), end),
			pinned=pinned,
			is_public=1,
			content=content,
		)
		_approve(doc, "Published", "CS Supervisor")
		doc.db_set("emergency", emergency)  # no messages in a demonstration
		readers = [resident for _unit, resident in homes[: 9 if begin < 0 else 4]]
		for resident in dict.fromkeys(readers):
			_insert("Notice Read", project=project, notice=doc.name, resident=resident, read_on=now_datetime())
		doc.db_set("read_count", len(set(readers)))
	_insert(
		"Community Notice",
		project=project,
		title="关于调整非机动车停放区的公告",
		valid_from=add_days(today(), 3),
		content="<p>北区车棚改造，非机动车请停放至东门临时停放区。</p>",
		workflow_state="Draft",
	)


def make_activities(project: str, homes: list) -> None:
	coming = _activity(project, "亲子烘焙课", "Parents and Children", 6, quota=8, fee="20", venue="社区会所二楼")
	for unit, resident in _different(homes)[:5]:
		_insert("Activity Registration", project=project, activity=coming.name, resident=resident, unit=unit, people=2)
	fair = _activity(project, "邻里百家宴", "Festival", 12, quota=80, risk="Medium", venue="中心广场", planned="4800")
	sheet = frappe.get_doc("Event Safety Sheet", fair.make_safety_sheet())
	for row in sheet.checks[:5]:
		row.result = "OK"
	sheet.append("staff", {"staff_name": "李强", "post": "东门入口", "phone": "13900002233"})
	sheet.append("staff", {"staff_name": "赵敏", "post": "舞台", "phone": "13900002244"})
	sheet.save(ignore_permissions=True)  # demo data
	past = _activity(project, "元宵猜灯谜", "Culture", -20, quota=40, venue="中心广场", planned="1500")
	for number, (unit, resident) in enumerate(_different(homes)[:8]):
		row = _insert(
			"Activity Registration",
			project=project,
			activity=past.name,
			resident=resident,
			unit=unit,
			people=1 + number % 3,
		)
		if number < 7:
			row.db_set(
				{
					"checked_in_on": past.starts_on,
					"checked_in_people": row.people,
					"stars": 5 - number % 2,
					"comment": None,
				}
			)
	past.reload()
	past.costs[0].db_set("actual", "1380")
	past.db_set(
		{
			"workflow_state": "Completed",
			"attended_count": past.registered_count - 2,
			"actual_total": "1380",
			"rating": 4.6,
			"review": "参与热情高，灯谜数量可再增加；散场时东侧通道略拥挤，下次增设引导。",
		}
	)


def _activity(project: str, title: str, kind: str, days: int, planned: str = "900", **values):
	start = get_datetime(f"{add_days(today(), days)} 14:00:00")
	doc = _insert(
		"Community Activity",
		project=project,
		title=title,
		kind=kind,
		organiser=user_of("CS Agent"),
		starts_on=start,
		ends_on=add_to_date(start, hours=3),
		expected_people=values.get("quota"),
		max_people=4,
		description=f"<p>{title}，欢迎邻居们参加。请准时到场，凭签到码入场。</p>",
		costs=[{"cost_item": "物料与场地布置", "planned": planned}],
		**values,
	)
	_approve(doc, "Approved", "CS Supervisor")
	return doc


def make_services(project: str, homes: list) -> None:
	slots = [
		{"weekday": day, "from_time": begin, "to_time": end, "capacity": 2}
		for day in rules.WEEKDAYS[:6]
		for begin, end in (("09:00:00", "11:00:00"), ("14:00:00", "16:00:00"))
	]
	for number, (name, category, price, unit, text) in enumerate(SERVICES):
		service = _insert(
			"Special Service",
			project=project,
			service_name=name,
			category=category,
			price=price,
			price_unit=unit,
			max_quantity=4 if unit == "Working Hour" else 1,
			description=text,
			late_percent=30,
			slots=slots,
		)
		service.db_set(
			{"workflow_state": "Offered", "approved_by": user_of("CS Supervisor"), "approved_on": now_datetime()}
		)
		day = next(row["date"] for row in bookings.times(service) if row["free"] and row["date"] > getdate(today()))
		for step, (home, resident) in enumerate(homes[number * 3 : number * 3 + 3]):
			_booking(service, home, resident, day, step)


def _booking(service, unit: str, resident: str, day, step: int) -> None:
	doc = _insert(
		"Service Booking",
		project=service.project,
		service=service.name,
		resident=resident,
		unit=unit,
		service_date=day,
		from_time=("09:00:00", "14:00:00", "14:00:00")[step],
		quantity=1,
	)
	if step:
		# staff get their projects at the end of the demonstration's loading
		doc.db_set({"assigned_to": user_of("Technician"), "status": "Dispatched", "dispatched_on": now_datetime()})
	if step == 2:
		past = add_days(today(), -6)
		doc.db_set({"service_date": past, "seat_key": f"{service.name}|{past}|demo"})
		bookings.finish(doc.name, "已完成，业主现场确认。")
		doc.db_set({"stars": 5, "comment": "师傅很细心"})
		service.db_set("rating", 5)


def make_campaign(project: str) -> None:
	poster = _insert(
		"Publicity Material",
		project=project,
		title="垃圾分类四色桶海报",
		kind="Poster",
		licence="Official Material",
		text="可回收物、有害垃圾、厨余垃圾、其他垃圾",
		keywords="垃圾分类 环保",
	)
	doc = _insert(
		"Publicity Campaign",
		project=project,
		title="垃圾分类进万家",
		aim="每户知晓分类标准，投放准确率达到 90%",
		from_date=add_days(today(), -25),
		to_date=add_days(today(), 10),
		target_reach=600,
		responsible=user_of("CS Agent"),
		channels=[
			{
				"channel": "Lift Screen",
				"material": poster.name,
				"planned_on": add_days(today(), -20),
				"planned_cost": "800",
			},
			{"channel": "WeChat", "material": poster.name, "planned_on": add_days(today(), -10), "planned_cost": "0"},
			{"channel": "On-site Event", "planned_on": add_days(today(), 5), "planned_cost": "1200"},
		],
	)
	_approve(doc, "Approved", "Office Director")
	for row, cost, reached in zip(doc.channels[:2], ("780", "0"), (310, 205), strict=True):
		row.db_set({"done_on": row.planned_on, "actual_cost": cost, "reached": reached})
	doc.db_set({"cost": "780", "reach": 515})


def make_disclosures(project: str, homes: list) -> None:
	label, start, _end = rules.last_period(getdate(today()), "Quarter")
	before = rules.last_period(start, "Quarter")[0]
	_insert("Community Disclosure", project=project, period=label, note="本季度收支与服务质量如下，欢迎业主监督。")
	old = _insert("Community Disclosure", project=project, period=before)
	_approve(old, "Published", "Office Director")
	for number, (_unit, resident) in enumerate(_different(homes)[:2]):
		objection = _insert(
			"Disclosure Objection",
			project=project,
			disclosure=old.name,
			resident=resident,
			section="公共收益及使用" if number else "收费项目与标准",
			text="电梯广告收入明细能否按楼栋列出？" if number else "地下车位的收费依据是什么？",
		)
		if not number:
			objection.update({"answer": "依据备案的停车服务收费标准执行，文件已张贴在客服中心。", "answer_public": 1})
			objection.save(ignore_permissions=True)  # demo data


def _different(homes: list) -> list:
	"""One home for each resident."""
	return list({resident: (unit, resident) for unit, resident in homes}.values())


def _approve(doc, state: str, role: str) -> None:
	doc.flags.ignore_permissions = True  # demo data
	values = {"workflow_state": state, "approved_by": user_of(role), "approved_on": now_datetime()}
	doc.db_set(values)
	doc.update(values)
	doc.submit()


def _insert(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)  # demo data
