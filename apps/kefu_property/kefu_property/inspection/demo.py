"""Demo data: facilities of all kinds, plans with past checks, defects on their way, maintenance, bookings, advertising."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta

import frappe
from frappe.utils import add_days, add_months, getdate, now_datetime, today
from PIL import Image, ImageDraw

from kefu_property.inspection import advertising, planning, rounds, settings, upkeep
from kefu_property.registry import api as registry
from kefu_property.rules import inspection_rules as rules
from kefu_property.suite import attachments
from kefu_property.suite.demo import user_of

#: name, category, place, years ago, purchase cost, brand, further columns
FACILITIES = (
	("1 幢 1 单元客梯", "Lift", "1 幢 1 单元", 9, 286000, "通力 KONE 3000", {"supplier": "通力电梯浙江分公司"}),
	("1 幢 2 单元客梯", "Lift", "1 幢 2 单元", 9, 286000, "通力 KONE 3000", {"supplier": "通力电梯浙江分公司"}),
	("生活水泵房", "Water Supply Pump", "地下一层东侧", 9, 148000, "格兰富 CR32", {"supplier": "杭州清源供水设备"}),
	("儿童游乐场", "Playground", "中心花园北侧", 6, 68000, None, {}),
	("南门道闸", "Gate and Barrier", "小区南门", 5, 36000, "捷顺", {}),
	("消防控制室", "Key Fire Sites", "3 幢一层", 9, 0, None, {}),
	("1 幢 5 层灭火器箱", "Fire Extinguisher", "1 幢 5 层前室", 4, 360, "MFZ/ABC4", {}),
	("1 幢 8 层灭火器箱", "Fire Extinguisher", "1 幢 8 层前室", 11, 360, "MFZ/ABC4", {}),
	("地下室消火栓 B-07", "Fire Hydrant", "地下一层 B 区", 9, 1200, None, {}),
	(
		"火灾自动报警系统",
		"Fire Alarm System",
		"3 幢消防控制室",
		9,
		325000,
		"海湾 GST9000",
		{"supplier": "杭州海湾消防"},
	),
	("1 幢大堂及楼道", "Building Interior", "1 幢", 0, 0, None, {"cleaner": "周阿姨", "area_size": 1860}),
	("2 幢大堂及楼道", "Building Interior", "2 幢", 0, 0, None, {"cleaner": "王阿姨", "area_size": 1790}),
	("中心广场", "Roads and Squares", "中心广场", 0, 0, None, {"cleaner": "老李", "area_size": 2400}),
	("垃圾分类收集点", "Refuse Collection Point", "北门旁", 3, 42000, None, {"cleaner": "老李", "area_size": 60}),
	("中心花园草坪", "Lawn and Shrubs", "中心花园", 0, 0, None, {"area_size": 3200}),
	(
		"1 幢 1 单元轿厢框架",
		"Lift Advertising",
		"1 幢 1 单元轿厢",
		4,
		800,
		None,
		{"ad_size": "60×90 cm", "ad_medium": "Lift Frame"},
	),
	("南门灯箱", "Outdoor Light Box", "小区南门东侧", 4, 9800, None, {"ad_size": "2×3 m", "ad_medium": "Light Box"}),
)
#: name, category, place, hours, introduction, rules, colours of the picture, bookable
PUBLIC = (
	(
		"业主活动室",
		"Meeting and Activity Room",
		"会所二层",
		"每日 9:00–21:00",
		"可容纳 40 人，配有投影、音响和茶水间，适合业主开会、亲子活动和兴趣小组。",
		"1. 使用后请清理并关闭电源。\n2. 禁止吸烟、使用明火。\n3. 不得用于经营活动。",
		("#d9e6e3", "#0d6b62"),
		("09:00:00", "21:00:00", 120, 1),
	),
	(
		"网球场",
		"Sports Ground",
		"小区西北角",
		"每日 7:00–21:00",
		"标准硬地单片，夜间有灯光。",
		"1. 请穿运动鞋入场。\n2. 每户每天最多预约两段。\n3. 雨天不开放。",
		("#dfe9d3", "#4f7d2c"),
		("07:00:00", "21:00:00", 60, 0),
	),
	(
		"恒温泳池",
		"Swimming Pool",
		"会所地下一层",
		"5–10 月 14:00–21:00，周一换水",
		"25 米四泳道，水质每日两次检测并公示。",
		"1. 凭业主卡入场，儿童须有成人陪同。\n2. 请先淋浴。\n3. 患皮肤病、饮酒后请勿入池。",
		("#d6e6f2", "#2a6f9e"),
		None,
	),
)
#: title, template, category, frequency, days
PLANS = (
	("电梯周检", "Lift Check", "Lift", "Weekly", 2),
	("水泵房日检", "Pump Room Check", "Water Supply Pump", "Daily", 0),
	("保洁评分", "Sanitation Scoring", "Sanitation Areas", "Weekly", 1),
	("绿化月检", "Green Area Check", "Green Areas", "Monthly", 3),
	("游乐设施周检", "Playground and Fitness Check", "Playground", "Weekly", 1),
)


def load(context: frappe._dict) -> None:
	for project in frappe.get_all("Property Project", pluck="name", order_by="creation", limit=1):
		if not frappe.db.exists("Facility", {"project": project}):
			load_project(project)


def load_project(project: str) -> None:
	made = {row[0]: _facility(project, *row) for row in FACILITIES}
	for row in PUBLIC:
		made[row[0]] = _public(project, *row)
	for title, template, category, frequency, days in PLANS:
		_plan(project, title, template, category, frequency, days)
	planning.generate()
	_past_checks(project)
	_defects(project, made)
	_maintenance(project, made)
	_bookings(project, made)
	_advertising(project, made)


def _new(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)  # demo data


def _facility(project, name, category, place, years, cost, brand, more) -> str:
	installed = add_days(add_months(today(), -12 * years), -40) if years else None
	return _new(
		"Facility",
		project=project,
		facility_name=name,
		category=category,
		location=place,
		installed_on=installed,
		purchase_cost=cost,
		brand=brand,
		warranty_until=add_days(today(), 20) if name == "南门道闸" else None,
		responsible=user_of("Technician"),
		**more,
	).name


def _public(project, name, category, place, hours, intro, text, colours, booking) -> str:
	opens, closes, minutes, approval = booking or (None, None, 60, 0)
	doc = _new(
		"Facility",
		project=project,
		facility_name=name,
		category=category,
		location=place,
		installed_on=add_months(today(), -70),
		on_portal=1,
		opening_hours=hours,
		portal_intro=intro,
		portal_rules=text,
		bookable=int(bool(booking)),
		bookable_from=opens,
		bookable_to=closes,
		slot_minutes=minutes,
		booking_approval=approval,
	)
	doc.append("photos", {"image": attachments.store(_picture(*colours), "Facility", doc.name), "caption": name})
	doc.flags.files_checked = True
	doc.save(ignore_permissions=True)  # demo data
	return doc.name


def _picture(ground: str, ink: str) -> bytes:
	"""A plain drawing in place of a photo."""
	image = Image.new("RGB", (640, 360), ground)
	draw = ImageDraw.Draw(image)
	draw.rectangle((0, 250, 640, 360), fill=ink)
	draw.rectangle((180, 110, 460, 250), outline=ink, width=8)
	draw.ellipse((500, 40, 570, 110), fill="#f2c14e")
	out = io.BytesIO()
	image.save(out, "JPEG")
	return out.getvalue()


def _plan(project, title, template, category, frequency, days) -> None:
	_new(
		"Inspection Plan",
		project=project,
		plan_title=title,
		template=template,
		category=category,
		frequency=frequency,
		every=1,
		start_date=add_days(today(), -35),
		due_days=days,
		assigned_role="Order and Cleaning Lead" if "Sanitation" in template else "Technician",
	)


def _past_checks(project: str) -> None:
	"""Four weeks of checks that were made, a few of them late or missed; written row by row, as the job writes tasks."""
	is_working = settings.is_working_day()
	day = getdate(today())
	doer = user_of("Technician")
	plans = frappe.get_all("Inspection Plan", filters={"project": project, "frequency": ["!=", "Yearly"]}, fields=["*"])
	facilities = planning.facilities_of(plans)
	items = rounds.items_of([plan.template for plan in plans])
	number = 0
	for plan in plans:
		first = getdate(add_days(day, -28))
		start = min(plan.start_date, first) if plan.purpose == "Patrol" or plan.kind == "Fire" else plan.start_date
		for on in rules.schedule(start, plan.frequency, 1, plan.calendar_rule, is_working, first, add_days(day, -1)):
			for facility in facilities[plan.name]:
				number += 1
				_past_check(plan, facility, items[plan.template], on, number, doer)
	yearly = frappe.get_all("Inspection Plan", filters={"project": project, "purpose": "Full Test"}, fields=["*"])
	sheets = rounds.items_of([plan.template for plan in yearly])
	for rows in planning.facilities_of(yearly).values() if yearly else ():
		for facility in rows[1:]:  # one is overdue
			_past_check(yearly[0], facility, sheets[yearly[0].template], getdate(add_days(day, -210)), 1, doer)
	planning.note_next_checks({row.name for rows in facilities.values() for row in rows})


def _past_check(plan, facility, items, on, number: int, doer: str) -> None:
	missed = number % 23 == 0
	moment = datetime.combine(on, time(9, number % 60))
	task = frappe.get_doc(
		{
			"doctype": "Inspection Task",
			"name": frappe.generate_hash(length=10),
			"project": plan.project,
			"plan": plan.name,
			"template": plan.template,
			"facility": facility.name,
			"facility_name": facility.facility_name,
			"location": facility.location,
			"building": facility.building,
			"kind": plan.kind,
			"purpose": plan.purpose,
			"status": "Missed Check" if missed else "Done",
			"scheduled_for": on,
			"due_on": datetime.combine(on + timedelta(days=plan.due_days), time(23, 59, 59)),
			"assigned_role": plan.assigned_role,
			"task_key": f"{plan.name}|{facility.name}|{on}",
		}
	)
	if not missed:
		lines = [_line(item, number, on) for item in items]
		points = [(line["number_value"], item.max_value) for line, item in zip(lines, items, strict=True)]
		task.update(
			{
				"result": "In Order",
				"done_by": doer,
				"done_on": moment,
				"received_on": moment,
				"lines": lines,
				"score": round(sum(got for got, _top in points) * 100 / sum(top for _got, top in points), 1)
				if plan.purpose == "Scoring"
				else 0,
			}
		)
		for position, line in enumerate(task.lines, 1):
			line.update({"name": frappe.generate_hash(length=10), "parent": task.name, "idx": position})
			line.db_insert()
	task.db_insert()


def _line(item, number: int, on) -> dict:
	value = None
	if item.answer_type == "Score":
		value = item.max_value * (0.8 + (number * 7 % 20) / 100)
	elif item.answer_type == "Meter Reading":
		value = 48200 + (getdate(on) - getdate("2026-01-01")).days * 118
	elif item.answer_type == "Measured Value":
		value = item.min_value + ((item.max_value or item.min_value * 4) - item.min_value) / 2
	answer = {"Yes or No": "Yes", "Choice": "Green zone"}.get(item.answer_type) or f"{value:.1f}"
	return {
		"item_text": item.item_text,
		"answer_type": item.answer_type,
		"measure": item.measure,
		"answer": answer,
		"outcome": "OK",
		"number_value": round(value, 1) if value is not None else None,
	}


def _defects(project: str, made: dict) -> None:
	late = _defect(project, made["1 幢 8 层灭火器箱"], "Pressure gauge", "压力表指针在红区，需更换", -12, -3, "Serious")
	frappe.db.set_value("Rectification", late, "due_date", add_days(today(), -3))
	_defect(project, made["儿童游乐场"], "Ground is soft and level", "滑梯下地垫开裂约 40 厘米", -2, 3, "Serious")
	_defect(project, made["地下室消火栓 B-07"], "Accessible and marked", "消火栓前堆放杂物", -1, 2, "Minor")
	for days in (-70, -30):
		name = _defect(
			project, made["1 幢 1 单元客梯"], "Stops level with the floor", "平层误差约 2 厘米", days, days + 5, "Minor"
		)
		frappe.db.set_value(
			"Rectification",
			name,
			{
				"status": "Closed",
				"rectification": "调整平层感应器，试运行正常",
				"rectified_by": user_of("Technician"),
				"rectified_on": now_datetime() + timedelta(days=days + 3),
				"cost": 350,
				"approved_by": user_of("Engineering Lead"),
				"approved_on": now_datetime() + timedelta(days=days + 4),
			},
		)
	upkeep.note_cost(made["1 幢 1 单元客梯"])


def _defect(project, facility, item, text, found, due, severity) -> str:
	found_on = now_datetime() + timedelta(days=found)
	doc = _new(
		"Rectification",
		project=project,
		facility=facility,
		item_text=item,
		severity=severity,
		found_on=found_on,
		due_date=max(getdate(add_days(today(), due)), getdate(found_on)),
		description=text,
	)
	return doc.name


def _maintenance(project: str, made: dict) -> None:
	for name in ("1 幢 1 单元客梯", "1 幢 2 单元客梯"):
		_new(
			"Facility Maintenance Plan",
			project=project,
			plan_title=f"{name}半月保养",
			facility=made[name],
			work="电梯半月维护保养：清洁、润滑、调整、检查",
			contractor="通力电梯浙江分公司",
			expected_cost=480,
			frequency="Weekly",
			every=2,
			start_date=add_days(today(), 3),
			days_ahead=30,
			responsible=user_of("Technician"),
		)
	for name, work, days, labour, parts in (
		("1 幢 1 单元客梯", "更换钢丝绳并调整张力", -64, 1800, 5200),
		("生活水泵房", "2 号泵更换机械密封", -33, 600, 1450),
		("火灾自动报警系统", "探测器清洗与联动测试", -20, 3800, 0),
	):
		doc = _new(
			"Facility Maintenance",
			project=project,
			facility=made[name],
			kind="Overhaul" if parts > 5000 else "Repair",
			planned_on=add_days(today(), days),
			work=work,
			contractor="杭州安装维保有限公司",
			labour_cost=labour,
			parts_cost=parts,
		)
		doc.db_set(
			{
				"status": "Work Accepted",
				"done_on": add_days(today(), days),
				"done_by": user_of("Technician"),
				"approved_by": user_of("Engineering Lead"),
				"approved_on": now_datetime() + timedelta(days=days),
			}
		)
		upkeep.note_cost(made[name])


def _bookings(project: str, made: dict) -> None:
	day = today()
	homes = [
		(row.unit, row.resident)
		for row in registry.payers(project, day, day)
		if frappe.db.get_value("Property Unit", row.unit, "unit_type") == "Dwelling"
	][:3]
	wishes = (
		("业主活动室", 2, "09:00:00", "11:00:00"),
		("网球场", 1, "18:00:00", "19:00:00"),
		("网球场", 1, "19:00:00", "20:00:00"),
	)
	for (unit, resident), (name, ahead, start, end) in zip(homes, wishes, strict=False):
		_new(
			"Facility Booking",
			project=project,
			facility=made[name],
			unit=unit,
			resident=resident,
			booked_for=add_days(day, ahead),
			from_time=start,
			to_time=end,
			persons=4,
			purpose="亲子读书会" if name == "业主活动室" else "打球",
		)


def _advertising(project: str, made: dict) -> None:
	running = _contract(
		project,
		made["1 幢 1 单元轿厢框架"],
		"杭州分众楼宇传媒",
		"电梯轿厢框架广告",
		add_months(today(), -8),
		add_months(today(), 4),
		2400,
	)
	advertising.receive_rent(running, "4800", add_days(today(), -100), "Bank Transfer", "HZ20260817001")
	_contract(
		project,
		made["南门灯箱"],
		"邻里生鲜超市",
		"南门灯箱门店广告",
		add_months(today(), -11),
		add_days(today(), 22),
		3600,
	)
	_new(
		"Advertising Content Check",
		project=project,
		facility=made["1 幢 1 单元轿厢框架"],
		contract=running,
		checked_on=add_days(today(), -6),
		result="Allowed",
		content="家装节活动海报",
		true_content=1,
		lawful=1,
		permit_seen=1,
		safe_mount=1,
	)
	_new(
		"Advertising Content Check",
		project=project,
		facility=made["南门灯箱"],
		checked_on=add_days(today(), -1),
		result="To Be Changed",
		content="生鲜超市促销海报",
		lawful=0,
		true_content=1,
		permit_seen=1,
		safe_mount=1,
		reason="使用“全城最低价”绝对化用语",
	)


def _contract(project, place, advertiser, title, begin, end, rent) -> str:
	doc = _new(
		"Advertising Contract",
		project=project,
		facility=place,
		contract_title=title,
		from_date=begin,
		to_date=end,
		advertiser=advertiser,
		contact_name="陈经理",
		contact_phone="13900002468",
		content=title,
		owners_resolution="2026 年第一次业主大会决议第 3 号",
		rent=rent,
		rent_period="Quarterly",
	)
	doc.db_set(
		{
			"docstatus": 1,
			"workflow_state": "Approved",
			"approved_by": user_of("Office Director"),
			"approved_on": now_datetime(),
		}
	)
	for table in (*doc.schedule, *doc.receipts):
		table.db_set("docstatus", 1, update_modified=False)
	return doc.name
