"""Records of the community desk for tests: notices, activities with places, services with times."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, add_to_date, now_datetime, today

from kefu_property.rules import community_rules as rules
from tests.factories.registry import make_home
from tests.factories.users import MAIL, make_user


def make_owner(project: str, code: str | None = None, **unit: Any):
	"""(unit, resident, user) of a home whose owner has a portal account."""
	home, resident, _occupancy = make_home(project, code, **unit)
	user = make_user("Property Resident", email=f"comm-{resident.name}@{MAIL}", user_type="Website User")
	frappe.db.set_value("Resident", resident.name, "user", user)
	return home, resident, user


def new_notice(project: str, **values: Any):
	buildings = [{"building": name} for name in values.pop("buildings", ())]
	return frappe.get_doc(
		{
			"doctype": "Community Notice",
			"project": project,
			"title": "Water is off on Monday",
			"kind": "Water or Power Cut",
			"valid_from": today(),
			"valid_to": add_days(today(), 5),
			"content": "<p>From 9 to 12.</p>",
			"buildings": buildings,
			**values,
		}
	)


def make_notice(project: str, **values: Any):
	"""A published notice."""
	doc = new_notice(project, **values).insert(ignore_permissions=True)
	return publish(doc, "Published")


def publish(doc, state: str):
	"""Put a document past its approval, without the people who do it."""
	doc.flags.ignore_permissions = True
	doc.db_set("workflow_state", state)
	doc.workflow_state = state
	doc.submit()
	return doc


def make_activity(project: str, approved: bool = True, **values: Any):
	"""An activity in two days with three places; approved unless told otherwise."""
	start = add_to_date(now_datetime(), days=2)
	doc = frappe.get_doc(
		{
			"doctype": "Community Activity",
			"project": project,
			"title": "Lantern Festival",
			"kind": "Festival",
			"venue": "Central Square",
			"starts_on": start,
			"ends_on": add_to_date(start, hours=3),
			"quota": 3,
			"max_people": 3,
			"costs": [{"cost_item": "Lanterns", "planned": 1000}],
			**values,
		}
	).insert(ignore_permissions=True)
	return publish(doc, "Approved") if approved else doc


def start_today(doc) -> None:
	"""Let the day of an activity come."""
	now = now_datetime()
	doc.db_set({"starts_on": now, "ends_on": add_to_date(now, hours=3)})


def register(activity: str, resident, people: int = 1, **values: Any):
	return frappe.get_doc(
		{
			"doctype": "Activity Registration",
			"project": resident.project,
			"activity": activity,
			"resident": resident.name,
			"people": people,
			**values,
		}
	).insert(ignore_permissions=True)


def make_service(project: str, capacity: int = 1, offered: bool = True, **values: Any):
	"""A service at 09:00 on every day of the week; booked at least 1 hour, at most 14 days ahead."""
	doc = frappe.get_doc(
		{
			"doctype": "Special Service",
			"project": project,
			"service_name": "Range Hood Cleaning",
			"category": "Appliance Cleaning",
			"price": "120",
			"lead_hours": 1,
			"slots": [
				{"weekday": day, "from_time": "09:00:00", "to_time": "11:00:00", "capacity": capacity}
				for day in rules.WEEKDAYS
			],
			**values,
		}
	).insert(ignore_permissions=True)
	if offered:
		doc.db_set("workflow_state", "Offered")
	return doc


def book(service: str, unit, resident, days: int = 3, **values: Any):
	return frappe.get_doc(
		{
			"doctype": "Service Booking",
			"project": unit.project,
			"service": service,
			"resident": resident.name,
			"unit": unit.name,
			"service_date": add_days(today(), days),
			"from_time": "09:00:00",
			**values,
		}
	).insert(ignore_permissions=True)


def fill_safety_sheet(name: str):
	sheet = frappe.get_doc("Event Safety Sheet", name)
	for row in sheet.checks:
		row.result = "OK"
	sheet.append("staff", {"staff_name": "Li Qiang", "post": "East gate"})
	sheet.expected_people = 80
	sheet.emergency_plan = "Stop the music, open the gates."
	sheet.permit_no = "2026-118"
	sheet.save(ignore_permissions=True)
	return sheet


def make_disclosure(project: str, period: str = "2026Q1", **values: Any):
	return frappe.get_doc({"doctype": "Community Disclosure", "project": project, "period": period, **values}).insert(
		ignore_permissions=True
	)


def step(doc, action: str):
	return apply_workflow(frappe.get_doc(doc.doctype, doc.name), action)
