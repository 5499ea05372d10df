"""Records of duty, plans, budget, proposals and honours for tests."""

from __future__ import annotations

from itertools import count
from typing import Any

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate, today

from tests.factories.users import MAIL, as_role, make_user

_numbers = count(1)
SIGNATURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def make_post(project: str, **values: Any):
	number = next(_numbers)
	return _insert(
		"Duty Post", **{"project": project, "post_code": f"P{number}", "post_name": f"Post {number}"} | values
	)


def make_pattern(project: str, cycle: str = "D N -", **values: Any):
	shifts = [
		{"shift_code": "D", "shift_name": "Day", "start_time": "08:00:00", "end_time": "20:00:00"},
		{"shift_code": "N", "shift_name": "Night", "start_time": "20:00:00", "end_time": "08:00:00"},
	]
	values = {"pattern_name": f"Pattern {next(_numbers)}", "stagger": 1, "shifts": shifts} | values
	return _insert("Duty Pattern", project=project, cycle=cycle, **values)


def make_people(project: str, number: int, role: str = "CS Agent") -> list[str]:
	"""Users with one role who work in the project."""
	return [
		make_user(role, projects=(project,), email=f"duty{position}-{frappe.scrub(role)}-{project.lower()}@{MAIL}")
		for position in range(number)
	]


def new_roster(project: str, people: list[str], month: str = "2031-03-10", **values: Any):
	values.setdefault("post", values.get("post") or make_post(project).name)
	values.setdefault("pattern", values.get("pattern") or make_pattern(project).name)
	return frappe.get_doc(
		{
			"doctype": "Post Roster",
			"project": project,
			"month": month,
			"staff": [{"staff": person} for person in people],
			**values,
		}
	)


def approve(doc):
	"""Send a paper for approval as the present user; the director of its project approves."""
	apply_workflow(doc, "Submit for Approval")
	with as_role("Office Director", project=doc.project):
		return apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Approve")


def make_budget_item(**values: Any) -> str:
	code = f"B{next(_numbers)}{frappe.generate_hash(length=5)}"
	return _insert("Budget Item", **{"item_code": code, "item_name": f"Item {code}"} | values).name


def make_budget(project: str, *lines: tuple, year: int | None = None, **limits: Any):
	"""A budget of this year in force; `lines` are (item, amount), `limits` go to each line."""
	with as_role("Accountant", project=project):
		doc = frappe.get_doc(
			{
				"doctype": "Yearly Budget",
				"project": project,
				"year": year or getdate(today()).year,
				"lines": [{"budget_item": item, "amount": amount, **limits} for item, amount in lines],
			}
		).insert()
		return approve(doc)


def _insert(doctype: str, **values: Any):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
