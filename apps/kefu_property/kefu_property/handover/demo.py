"""Demo data: a new building that is handed over these days, with its takeover, contractors and defects."""

from __future__ import annotations

import base64
import io
from datetime import timedelta

import frappe
from frappe.utils import add_days, now_datetime, today
from PIL import Image, ImageDraw

from kefu_property.handover import booking, defects, homes, visits
from kefu_property.registry import api as registry
from kefu_property.suite import state
from kefu_property.suite.demo import user_of

GARDEN, BUILDING, FLOORS = "CY", "9", 12
CONTRACTORS = (
	("虚构翠园置业有限公司", "", 1, "陈工", ""),
	("杭州虚构建设集团", "土建", 0, "吴经理", "Wall or Ceiling\nFloor Finish\nStructure"),
	("浙江虚构门窗有限公司", "门窗", 0, "郑师傅", "Doors and Windows"),
	("杭州虚构机电安装公司", "水电", 0, "何工", "Water Pipes and Drains\nElectrical Points\nEquipment\nWater Leak"),
)
BUYERS = (
	"沈知远",
	"顾清禾",
	"陆景行",
	"许南枝",
	"苏晏如",
	"韩叙白",
	"叶临川",
	"江晚舟",
	"程以安",
	"唐予怀",
	"宋星野",
	"秦望舒",
)
FOUND = (
	("客厅", "Wall or Ceiling", "北侧墙面空鼓约 0.3 平方米", "Minor", 30, 62),
	("卫生间", "Water Leak", "地漏周边渗水，闭水试验后楼下可见水迹", "Serious", 78, 25),
	("主卧", "Doors and Windows", "推拉窗关闭不严", "Minor", 18, 20),
	("厨房", "Electrical Points", "插座无电", "Minor", 60, 80),
	("阳台", "Floor Finish", "地砖开裂一块", "Minor", 30, 92),
)


def load(context: frappe._dict) -> None:
	"""Load what is missing. Safe to repeat."""
	if not frappe.db.exists("Property Project", GARDEN) or frappe.db.exists("Handover Batch", {"project": GARDEN}):
		return
	units = add_building()
	for name, trade, is_developer, person, kinds in CONTRACTORS:
		_insert(
			"Handover Contractor",
			project=GARDEN,
			contractor_name=name,
			trade=trade,
			is_developer=is_developer,
			contact_person=person,
			phone="13900006789",
			kinds=kinds,
		)
	add_layout()
	add_takeover()
	hand_over(units)


def add_building() -> list[str]:
	"""Twenty-four homes of the developer, six of them with keys and meters."""
	building = _insert(
		"Property Building",
		project=GARDEN,
		building_code=BUILDING,
		building_name="9 幢（二期）",
		kind="Residential",
		entrances=1,
		floors_above=FLOORS,
	)
	developer = registry.register_resident(GARDEN, CONTRACTORS[0][0], "0571-88000009")
	frappe.db.set_value("Resident", developer, "resident_type", "Developer")
	units = []
	for floor in range(1, FLOORS + 1):
		for room in (1, 2):
			unit = _insert(
				"Property Unit",
				project=GARDEN,
				building=building,
				unit_code=f"{BUILDING}-1-{floor}{room:02d}",
				unit_type="Dwelling",
				state="Developer-held",
				entrance="1",
				floor=str(floor),
				room=f"{floor}{room:02d}",
				layout="三室两厅",
				building_area=118.6 if room == 1 else 121.35,
			)
			_insert(
				"Unit Occupancy",
				project=GARDEN,
				unit=unit,
				resident=developer,
				relation="Developer",
				from_date=add_days(today(), -60),
				is_payer=1,
			)
			units.append(unit)
	cabinet = frappe.db.get_value("Key Cabinet", {"project": GARDEN}, "name", order_by="cabinet_code desc")
	for number, unit in enumerate(units[:10], start=1):
		for copy, name in enumerate(("入户门", "信报箱"), start=1):
			_insert(
				"Property Key",
				project=GARDEN,
				key_code=f"N{number:02d}{copy}",
				key_name=name,
				kind="Dwelling" if copy == 1 else "Mailbox",
				unit=unit,
				cabinet=cabinet,
			)
		if state.is_enabled("billing"):
			for kind, start in (("Cold Water", 3), ("Electricity", 12)):
				_insert(
					"Utility Meter",
					project=GARDEN,
					unit=unit,
					meter_no=f"{'S' if kind == 'Cold Water' else 'D'}9{number:04d}",
					meter_kind=kind,
					installed_on=add_days(today(), -60),
					start_value=start,
				)
	return units


def add_layout() -> None:
	_insert(
		"Home Layout",
		project=GARDEN,
		layout="三室两厅",
		plan=_picture(floor_plan(), "floor-plan.png"),
		rooms=[
			{"room_name": name, "room_kind": kind}
			for name, kind in (
				("玄关", "Entrance"),
				("客厅", "Living Room"),
				("主卧", "Bedroom"),
				("次卧", "Bedroom"),
				("书房", "Bedroom"),
				("厨房", "Kitchen"),
				("卫生间", "Bathroom"),
				("阳台", "Balcony"),
				("整套房屋", "Whole Home"),
			)
		],
	)


def floor_plan() -> Image.Image:
	"""Walls of a home of three rooms, drawn."""
	image = Image.new("RGB", (900, 640), "white")
	pen = ImageDraw.Draw(image)
	for box in (
		(20, 20, 300, 250),
		(300, 20, 560, 250),
		(620, 20, 880, 250),
		(20, 250, 560, 540),
		(560, 250, 720, 620),
		(720, 250, 880, 620),
		(20, 540, 560, 620),
	):
		pen.rectangle(box, outline="#33475b", width=8)
	for door in ((140, 246, 210, 254), (400, 246, 470, 254), (556, 380, 564, 450), (716, 300, 724, 370)):
		pen.rectangle(door, fill="white")
	return image


def _picture(image: Image.Image, name: str) -> str:
	stream = io.BytesIO()
	image.save(stream, "PNG")
	return (
		frappe.get_doc({"doctype": "File", "file_name": name, "is_private": 1, "content": stream.getvalue()})
		.insert(ignore_permissions=True)  # demo data
		.file_url
	)


def signature(seed: int) -> str:
	"""A scribble as the page's canvas sends it."""
	image = Image.new("RGBA", (600, 240), (0, 0, 0, 0))
	points = [(60 + 30 * step, 120 + (-1) ** step * (20 + (step * 17 * seed) % 60)) for step in range(15)]
	ImageDraw.Draw(image).line(points, fill="#111", width=5, joint="curve")
	stream = io.BytesIO()
	image.save(stream, "PNG")
	return f"data:image/png;base64,{base64.b64encode(stream.getvalue()).decode()}"


def add_takeover() -> None:
	doc = frappe.get_doc(
		{
			"doctype": "Project Takeover",
			"project": GARDEN,
			"title": "二期 9 幢承接查验",
			"scope": "9 幢及其室外工程",
			"building": f"{GARDEN}-{BUILDING}",
			"checked_on": add_days(today(), -40),
			"ended_on": add_days(today(), -38),
			"developer": CONTRACTORS[0][0],
			"developer_person": "陈工",
			"office_person": user_of("Engineering Lead"),
			"witnesses": "虚构区住房保障局、翠园社区",
			"developer_signature": signature(3),
			"office_signature": signature(5),
		}
	).insert(ignore_permissions=True)  # demo data
	found = {
		"Roof": ("Water Leak", "女儿墙根部渗水", "屋面东侧"),
		"Corridor Lights": ("Electrical Points", "三层楼道灯不亮", "3 层"),
		"Roads and Paths": ("Roads and Green", "路缘石破损 4 米", "9 幢北侧"),
	}
	for row in doc.lines:
		row.result = "Passed"
		if row.takeover_item in found:
			row.result = "Defect"
			row.defect_kind, row.description, row.spot = found[row.takeover_item]
	for number, row in enumerate(doc.papers):
		row.received, row.copies = ("No", 0) if number == 7 else ("Yes", 1)
		row.due_date = add_days(today(), 15) if number == 7 else None
	doc.save(ignore_permissions=True)  # demo data
	doc.db_set(
		{
			"docstatus": 1,
			"workflow_state": "Approved",
			"prepared_by": user_of("Engineering Lead"),
			"prepared_on": now_datetime() - timedelta(days=38),
			"approved_by": user_of("Office Director"),
			"approved_on": now_datetime() - timedelta(days=37),
		}
	)
	doc.reload()
	doc.on_submit()
	done = frappe.get_doc("Handover Defect", {"takeover": doc.name, "defect_kind": "Electrical Points"})
	done.db_set(
		{
			"status": defects.CLOSED,
			"repair_note": "更换灯具并复测",
			"repaired_on": add_days(today(), -30),
			"closed_on": add_days(today(), -29),
		}
	)
	defects.follow(done)


def hand_over(units: list[str]) -> None:
	buyers = [registry.register_resident(GARDEN, name, f"1990200{n:04d}") for n, name in enumerate(BUYERS, start=1)]
	owner = frappe.db.get_value("Resident", {"project": GARDEN, "user": ["is", "set"]})
	buyers.append(owner or buyers[0])
	batch = frappe.get_doc(
		{
			"doctype": "Handover Batch",
			"project": GARDEN,
			"title": "二期 9 幢集中交付",
			"venue": "翠园小区客服中心一楼",
			"from_date": add_days(today(), -1),
			"to_date": add_days(today(), 5),
			"day_from": "09:00:00",
			"day_to": "17:00:00",
			"break_from": "12:00:00",
			"break_to": "13:00:00",
			"slot_minutes": 60,
			"capacity": 3,
			"notice": "请提前 10 分钟到场签到，现场设免费停车位。",
			"units": [
				{"unit": unit, "resident": buyers[number] if number < len(buyers) else None}
				for number, unit in enumerate(units[:20])
			],
		}
	).insert(ignore_permissions=True)  # demo data
	batch.db_set(
		{
			"docstatus": 1,
			"workflow_state": "Approved",
			"prepared_by": user_of("CS Agent"),
			"prepared_on": now_datetime() - timedelta(days=6),
			"approved_by": user_of("CS Supervisor"),
			"approved_on": now_datetime() - timedelta(days=5),
		}
	)
	batch.reload()
	batch.on_submit()
	names = [f"HH-{unit}" for unit in units[:20]]
	for number, name in enumerate(names[:8]):
		visits.check_in(name)
		if number < 6:
			visits.call(name, str(number % 3 + 1))
			homes.begin(name)
	for number, name in enumerate(names[:5]):
		finish(name, FOUND[:number], refused=number == 4)
	later = booking.free_slots(batch.name)
	for number, name in enumerate(names[8:12]):
		booking.book(name, later[number * 3].name, "Portal" if number % 2 else "Desk")
	# some of what was found is repaired already, some is late
	found = frappe.get_all(
		"Handover Defect", {"source": "Home Handover", "project": GARDEN}, pluck="name", order_by="name"
	)
	for number, name in enumerate(found[:4]):
		back = add_days(today(), -20 - number)
		values = {"found_on": back, "due_date": add_days(back, 15)}
		if number % 2:
			values |= {
				"status": defects.CLOSED,
				"repair_note": "已修复",
				"repaired_on": add_days(back, 6),
				"closed_on": add_days(back, 8),
			}
		doc = frappe.get_doc("Handover Defect", name)
		doc.db_set(values)
		defects.follow(doc)


def finish(name: str, found: tuple, refused: bool) -> None:
	doc = frappe.get_doc("Home Handover", name)
	for room in dict.fromkeys(row.room for row in doc.checks):
		homes.answer_room(name, room)
	for room, kind, text, severity, x, y in found:
		homes.add_defect(
			name,
			{"room": room, "defect_kind": kind, "description": text, "severity": severity, "plan_x": x, "plan_y": y},
		)
	if refused:
		homes.refuse(name, "卫生间渗水未处理，业主要求整改后再收房。")
		return
	homes.finish(
		name,
		people=[{"resident": doc.resident, "relation": "Owner", "share": 100}],
		meters=[
			{"meter_no": row.meter_no, "reading_value": "5" if row.meter_kind == "Cold Water" else "18"}
			for row in doc.meters
		],
		given_keys=[row.property_key for row in doc.home_keys],
		signed=[row.paper for row in doc.papers],
		id_kind="Resident ID Card",
		id_last4="123X",
		signature=signature(len(found) + 2),
	)


def _insert(doctype: str, **values) -> str:
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True).name  # demo data
