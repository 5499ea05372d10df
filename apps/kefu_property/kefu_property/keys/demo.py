"""Demo data: two cabinets, keys of rooms and homes, loans in every state."""

from __future__ import annotations

from datetime import timedelta

import frappe
from frappe.utils import now_datetime

from kefu_property.suite.demo import user_of

ROOMS = (
	("PUMP", "水泵房", 1),
	("POWER", "配电室", 1),
	("ROOF1", "1栋屋面", 0),
	("ROOF2", "2栋屋面", 0),
	("FIRE", "消防控制室", 1),
	("STORE", "物料仓库", 0),
	("CLUB", "会所", 0),
	("GATE", "北门岗亭", 0),
)


def load(context: frappe._dict) -> None:
	for project in frappe.get_all("Property Project", pluck="name"):
		if frappe.db.exists("Key Cabinet", {"project": project}):
			continue
		load_project(project)


def load_project(project: str) -> None:
	cabinets = [
		_insert(
			"Key Cabinet",
			project=project,
			cabinet_code=code,
			cabinet_name=name,
			place=place,
			hook_rows=4,
			hooks_per_row=8,
		)
		for code, name, place in (("A", "A柜 公共区域", "客服中心前台"), ("B", "B柜 房屋钥匙", "客服中心资料室"))
	]
	rooms = []
	for number, (code, name, restricted) in enumerate(ROOMS, 1):
		rooms.append(
			_insert(
				"Property Key",
				project=project,
				key_code=code,
				key_name=name,
				kind="Equipment Room" if restricted else "Common Area",
				restricted=restricted,
				lock_number=f"{code}-1",
				cabinet=cabinets[0],
				hook=f"A{number:02d}",
			)
		)
	units = frappe.get_all(
		"Property Unit", filters={"project": project, "unit_type": "Dwelling"}, pluck="name", order_by="name", limit=6
	)
	for number, unit in enumerate(units, 1):
		ring = _insert(
			"Key Set",
			project=project,
			set_code=f"SET{number:02d}",
			set_name=f"{unit.removeprefix(project + '-')} 入户钥匙",
			unit=unit,
			cabinet=cabinets[1],
			hook=f"B{number:02d}",
		)
		for copy, name in enumerate(("入户门", "信报箱"), 1):
			_insert(
				"Property Key",
				project=project,
				key_code=f"H{number:02d}{copy}",
				key_name=name,
				kind="Dwelling" if copy == 1 else "Mailbox",
				unit=unit,
				key_set=ring,
				lock_number=f"H{number:02d}{copy}",
			)
	_loan(project, rooms[2], staff=user_of("Technician"), hours=6, purpose="Repair")
	late = _loan(project, rooms[3], staff=user_of("Order and Cleaning Lead"), hours=2, purpose="Cleaning")
	_shift(late, timedelta(hours=30))
	back = _loan(project, rooms[5], staff=user_of("Technician"), hours=4, purpose="Inspection")
	frappe.get_doc("Key Loan", back).return_keys()
	_loan(
		project,
		rooms[6],
		company="洁安保洁服务公司",
		name="周敏",
		phone="13900001234",
		hours=8,
		purpose="Cleaning",
	)
	_insert(
		"Key Loss",
		project=project,
		property_key=rooms[7],
		lost_on=frappe.utils.today(),
		reported_by_name="门岗 李强",
		circumstances="交接班时发现钥匙不在岗亭抽屉内。",
		risk="High",
	)


def _insert(doctype: str, **values) -> str:
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True).name  # demo data


def _loan(project: str, key: str, hours: int, purpose: str, staff=None, company=None, name=None, phone=None) -> str:
	doc = frappe.get_doc(
		{
			"doctype": "Key Loan",
			"project": project,
			"borrower_kind": "Staff" if staff else "Contractor",
			"staff": staff,
			"company": company,
			"borrower_name": name,
			"contact_phone": phone,
			"id_kind": None if staff else "Resident ID Card",
			"id_last4": None if staff else "123X",
			"due_on": now_datetime() + timedelta(hours=hours),
			"purpose": purpose,
			"items": [{"property_key": key}],
		}
	)
	doc.flags.ignore_permissions = True  # demo data
	doc.insert()
	doc.submit()
	return doc.name


def _shift(loan: str, back: timedelta) -> None:
	"""Move a demo loan into the past, so that it is overdue."""
	lent, due = frappe.db.get_value("Key Loan", loan, ["lent_on", "due_on"])
	frappe.db.set_value("Key Loan", loan, {"lent_on": lent - back, "due_on": due - back})
	frappe.db.set_value("Property Key", {"current_loan": loan}, "due_on", due - back)
