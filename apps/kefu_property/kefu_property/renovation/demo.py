"""Demo data: applications, permits, patrols, a violation with its order, a deposit due for refund."""

from __future__ import annotations

import base64
from datetime import timedelta

import frappe
from frappe.utils import add_days, getdate, now_datetime, today

from kefu_property.registry import api as registry
from kefu_property.renovation import charges, permits, settings
from kefu_property.suite.demo import user_of

#: one white pixel: the photo of a demo patrol
PIXEL = base64.b64decode(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="
)


def load(context: frappe._dict) -> None:
	for project in frappe.get_all("Property Project", pluck="name"):
		if not frappe.db.exists("Renovation Application", {"project": project}):
			load_project(project)


def load_project(project: str) -> None:
	day = today()
	homes = [
		(row.unit, row.resident)
		for row in registry.payers(project, day, day)
		if frappe.db.get_value("Property Unit", row.unit, "unit_type") == "Dwelling"
	][5:12]
	if len(homes) < 6:
		return
	running = _permit(project, *homes[0], "杭州安居装饰工程有限公司", ("Water-proofing", "Flooring"), -20, 60)
	stopped = _permit(project, *homes[1], "个体 王建国", ("Partition Wall",), -15, 30)
	expired = _permit(project, *homes[2], "浙江恒达装饰有限公司", ("Painting and Wallpaper",), -70, -3)
	done = _permit(project, *homes[3], "杭州安居装饰工程有限公司", ("Ceiling", "Flooring"), -180, -100)
	_application(project, *homes[4], "浙江恒达装饰有限公司", ("Opening in a Non-bearing Wall",), 5, 45)
	_application(project, *homes[5], "杭州安居装饰工程有限公司", ("Doors and Furniture",), 3, 20)
	_workers(running)
	for permit in (running, stopped):
		_patrol(permit, problem=permit == stopped)
	_violation(stopped)
	frappe.db.set_value(
		"Renovation Permit",
		done,
		{
			"status": "Refund Due",
			"completed_on": add_days(day, -100),
			"recheck_due": add_days(day, -10),
			"rechecked_on": add_days(day, -8),
			"next_patrol_on": None,
		},
	)
	permits.release_unit(frappe.get_doc("Renovation Permit", done))
	frappe.db.set_value("Renovation Permit", expired, "last_patrol_on", now_datetime() - timedelta(days=6))


def _application(project, unit, resident, contractor, items, begin, end):
	doc = frappe.get_doc(
		{
			"doctype": "Renovation Application",
			"project": project,
			"unit": unit,
			"resident": resident,
			"kind": "Second Renovation",
			"start_date": add_days(today(), begin),
			"end_date": add_days(today(), end),
			"items": [{"item": item, "details": "客厅、卫生间"} for item in items],
			"contractor": contractor,
			"manager_name": "王建国",
			"manager_phone": "13900005678",
			"rules_accepted": 1,
			"banned_accepted": 1,
		}
	)
	return doc.insert(ignore_permissions=True)  # demo data


def _permit(project, unit, resident, contractor, items, begin, end) -> str:
	doc = _application(project, unit, resident, contractor, items, begin, end)
	doc.db_set(
		{
			"docstatus": 1,
			"workflow_state": "Approved",
			"refuse_fee": 0,  # the demo's cashier has taken no money for it
			"approved_by": user_of("Engineering Lead"),
			"approved_on": now_datetime(),
		}
	)
	doc.reload()
	charges.receive_deposit(doc.name, "Cash")
	return permits.issue(doc.name)


def _workers(permit: str) -> None:
	doc = frappe.get_doc("Renovation Permit", permit)
	for name, trade in (("李大勇", "泥瓦工"), ("赵师傅", "水电工"), ("孙明", "木工")):
		doc.append("workers", {"worker_name": name, "trade": trade})
	doc.save(ignore_permissions=True)  # demo data


def _file() -> str:
	return (
		frappe.get_doc(
			{
				"doctype": "File",
				"file_name": f"demo-{frappe.generate_hash(length=6)}.png",
				"is_private": 1,
				"content": PIXEL,
			}
		)
		.insert(ignore_permissions=True)  # demo data
		.file_url
	)


def _patrol(permit: str, problem: bool) -> None:
	checks = settings.checks("Patrol")
	lines = [{"check_text": text, "result": "OK"} for text in checks]
	if problem:
		lines[2]["result"], lines[2]["remark"] = "Problem", "厨房隔墙超出申报范围"
	frappe.get_doc(
		{
			"doctype": "Renovation Patrol",
			"project": frappe.db.get_value("Renovation Permit", permit, "project"),
			"permit": permit,
			"patrolled_on": now_datetime() - timedelta(days=2),
			"lines": lines,
			"photos": [{"image": _file()}] if problem else [],
		}
	).insert(ignore_permissions=True)  # demo data


def _violation(permit: str) -> None:
	frappe.get_doc(
		{
			"doctype": "Renovation Violation",
			"project": frappe.db.get_value("Renovation Permit", permit, "project"),
			"permit": permit,
			"severity": "Serious",
			"kind": "Work Outside the Permit",
			"found_on": now_datetime() - timedelta(hours=30),
			"rectify_by": getdate(),
			"description": "厨房新砌隔墙超出申报范围，已要求停工并恢复原状。",
		}
	).insert(ignore_permissions=True)  # demo data
