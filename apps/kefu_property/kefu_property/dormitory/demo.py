"""Demo data: a staff house with people in it, applications, meters, an inspection, a violation, a payroll list."""

from __future__ import annotations

import base64

import frappe
from frappe.utils import add_days, add_months, get_first_day, get_last_day, getdate, now_datetime, today

from kefu_property.suite.demo import user_of
from kefu_property.workforce import api as workforce

PIXEL = base64.b64decode(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="
)
INVENTORY = (("书桌", 1, 260), ("椅子", 1, 80), ("衣柜", 1, 420), ("床垫", 1, 180), ("门禁卡", 1, 20))
PEOPLE = (
	("何志强", "Male", "Staff"),
	("马腾飞", "Male", "Staff"),
	("罗永浩", "Male", "Team Lead"),
	("谢文斌", "Male", "Staff"),
	("唐晓燕", "Female", "Staff"),
	("许佳怡", "Female", "Staff"),
	("曹丽萍", "Female", "Team Lead"),
	("邓美玲", "Female", "Staff"),
	("彭建军", "Male", "Staff"),
	("苏婉清", "Female", "Supervisor"),
)


def load(context: frappe._dict) -> None:
	project = frappe.db.get_value("Property Project", {}, "name", order_by="creation")
	if project and not frappe.db.exists("Dormitory Building", {"project": project}):
		load_project(project)


def load_project(project: str) -> None:
	building = _insert(
		"Dormitory Building",
		visitors_until="",  # the demo is loaded at any hour
		project=project,
		building_code="S1",
		building_name="员工宿舍 1 号楼",
		gender="By Room",
		warden=user_of("Dormitory Warden"),
		address="小区北门东侧 30 米",
		floors=3,
		deposit=300,
		monthly_rent=150,
		water_price="4.15",
		free_water=3,
		power_price="0.538",
		free_power=30,
	)
	beds = {}
	for floor, gender in ((1, "Male"), (2, "Female"), (3, "Male")):
		for number in range(1, 5):
			couple = floor == 3 and number > 2
			room = _insert(
				"Dormitory Room",
				building=building.name,
				room_code=f"{floor}{number:02d}",
				floor=floor,
				gender="Couple" if couple else gender,
				lowest_rank="Team Lead" if couple else None,
				capacity=2 if couple else 4,
				inventory=[{"thing": thing, "quantity": number, "price": price} for thing, number, price in INVENTORY],
			)
			room.make_beds()
			beds[room.room_code] = frappe.get_all(
				"Dormitory Bed", filters={"room": room.name}, pluck="name", order_by="name"
			)
	staff = [_staff(project, number, *row) for number, row in enumerate(PEOPLE, 1)]
	start = get_first_day(add_months(today(), -1))
	places = ("101", "101", "101", "102", "201", "201", "201", "202")
	stays = []
	for name, code in zip(staff, places, strict=False):
		bed = beds[code][places[: len(stays)].count(code)]
		stays.append(_stay(project, name, bed, add_days(start, 9 if len(stays) == 1 else -60)))
	_application(project, staff[8], beds["103"][0], "HR Approval")
	_application(project, staff[9], None, "Warden Review")
	frappe.get_doc("Dormitory Bed", beds["104"][0]).set_repair("床架松动")
	_meters(project, building.name, start)
	_supervision(project, building.name, stays)
	building.db_set("visitors_until", "22:00")


def _insert(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)  # demo data


def _staff(project: str, number: int, name: str, gender: str, rank: str) -> str:
	found = next((row.name for row in workforce.in_service(project) if row.staff_name == name), None)
	return found or (
		_insert(
			"Staff Member",
			project=project,
			staff_no=f"{project}-D{number:02d}",
			staff_name=name,
			gender=gender,
			rank=rank,
			status="At Work",
			date_of_joining="2024-03-01",
		).name
	)


def _application(project: str, staff: str, bed: str | None, state: str, **values):
	doc = _insert(
		"Dormitory Application",
		project=project,
		staff=staff,
		bed=bed,
		from_date=values.pop("from_date", add_days(today(), 3)),
		reason="家住外地，上下班不便",
	)
	doc.db_set({"workflow_state": state, "prepared_by": user_of("CS Agent"), "prepared_on": now_datetime()} | values)
	return doc


def _stay(project: str, staff: str, bed: str, day):
	doc = _application(project, staff, bed, "Draft", from_date=day)
	doc.before_submit()
	doc.db_set({"docstatus": 1, "workflow_state": "Approved", "approved_by": user_of("HR Clerk")})
	stay = _insert(
		"Dormitory Stay",
		project=project,
		application=doc.name,
		from_date=day,
		deposit_received=300,
		deposit_method="Cash",
		rules_accepted=1,
	)
	stay.flags.ignore_permissions = True  # demo data
	return stay.submit()


def _approved(doc) -> None:
	"""Past its approval, without the roles that do it."""
	doc.db_set(
		{
			"docstatus": 1,
			"workflow_state": "Approved",
			"prepared_by": user_of("Dormitory Warden"),
			"prepared_on": now_datetime(),
			"approved_by": user_of("HR Clerk"),
			"approved_on": now_datetime(),
		}
	)
	doc.on_submit()


def _meters(project: str, building: str, start) -> None:
	sheet = _insert(
		"Dormitory Meter Sheet",
		project=project,
		building=building,
		period_start=start,
		period_end=get_last_day(start),
		read_on=get_last_day(start),
	)
	for number, row in enumerate(sheet.lines):
		row.water_to, row.power_to = (14 + number, 168 + 7 * number) if number in (0, 1, 4, 5) else (0, 12)
	sheet.save(ignore_permissions=True)  # demo data
	_approved(sheet)
	_insert(
		"Dormitory Deduction List",
		project=project,
		month=get_first_day(today()),
		until_date=min(get_last_day(start), getdate()),
	)


def _supervision(project: str, building: str, stays: list) -> None:
	rooms = sorted({stay.room for stay in stays})
	for kind, day, scores in (("Cleaning", -9, (96, 88, 92, 75)), ("Safety", -2, (98, 90, 60, 95))):
		lines = [{"room": room, "score": score} for room, score in zip(rooms, scores, strict=True)]
		if kind == "Safety":
			lines[2] |= {"findings": "私拉电线给电动车充电", "hazard": 1, "rectify_by": add_days(today(), 1)}
		doc = _insert(
			"Dormitory Inspection",
			project=project,
			building=building,
			kind=kind,
			inspected_on=add_days(today(), day),
			lines=lines,
		)
		doc.flags.ignore_permissions = True  # demo data
		doc.submit()
	file = _insert("File", file_name="dormitory-demo.png", is_private=1, content=PIXEL)
	violation = _insert(
		"Dormitory Violation",
		project=project,
		stay=stays[0].name,
		kind="Fire or Electricity",
		occurred_on=add_days(today(), -2),
		description="宿舍内使用大功率电热水壶",
		amount=50,
		clause="住宿协议第 8 条",
		evidence=file.file_url,
	)
	violation.db_set({"workflow_state": "Pending Approval", "prepared_by": user_of("Dormitory Warden")})
	_insert(
		"Dormitory Visitor",
		project=project,
		building=building,
		staff=stays[4].staff,
		visitor_name="唐建国",
		phone="13900004321",
		purpose="探亲",
	)
