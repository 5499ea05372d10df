"""Demo data: two shelves, parcels waiting and picked up, luggage with a declared value, a claim."""

from __future__ import annotations

from datetime import timedelta

import frappe
from frappe.utils import now_datetime

from kefu_property.custody import codes

CARRIERS = ("SF1234567890", "JD00123456789", "YT1234567890", "ZT1234567890", "JT1234567890", "YD1234567890")


def load(context: frappe._dict) -> None:
	for project in frappe.get_all("Property Project", pluck="name"):
		if not frappe.db.exists("Custody Shelf", {"project": project}):
			load_project(project)


def load_project(project: str) -> None:
	shelves = [
		_insert("Custody Shelf", project=project, shelf_code=code, shelf_name=name, place="客服中心一楼")
		for code, name in (("S1", "1号货架"), ("S2", "2号货架"))
	]
	people = frappe.get_all(
		"Unit Occupancy",
		filters={"project": project, "status": "Current", "relation": ["in", ["Owner", "Tenant"]]},
		fields=["resident", "unit"],
		order_by="unit",
		limit=12,
	)
	if not people:
		return
	items = []
	for number in range(14):
		person = people[number % len(people)]
		items.append(
			_insert(
				"Custody Item",
				project=project,
				kind="Parcel",
				tracking_number=f"{CARRIERS[number % len(CARRIERS)]}{number:02d}",
				resident=person.resident,
				unit=person.unit,
				shelf=shelves[number % 2],
				received_on=now_datetime() - timedelta(days=number % 10, hours=number),
			)
		)
	for name in items[:5]:
		doc = frappe.get_doc("Custody Item", name)
		doc.flags.ignore_permissions = True  # demo data
		doc.pick_up("Code", code=codes.make(name))
	_insert(
		"Custody Item",
		project=project,
		kind="Left Luggage",
		resident=people[0].resident,
		unit=people[0].unit,
		shelf=shelves[1],
		description="黑色行李箱一只",
		depositor_name=frappe.db.get_value("Resident", people[0].resident, "resident_name"),
		depositor_id_kind="Resident ID Card",
		depositor_id_last4="123X",
		declared_value=800,
		free_days=3,
		charge_per_day=2,
		received_on=now_datetime() - timedelta(days=5),
	)
	_insert(
		"Custody Claim",
		project=project,
		custody_item=items[6],
		kind="Damage",
		claimed_by=frappe.db.get_value("Custody Item", items[6], "recipient_name"),
		description="外包装破损，盒内玻璃杯碎裂。",
		claimed_amount=120,
	)


def _insert(doctype: str, **values) -> str:
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True).name  # demo data
