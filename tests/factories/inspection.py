"""Records of facilities and inspection for tests."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import add_days, today

from kefu_property.inspection import rounds
from kefu_property.inspection.page.inspection_round import inspection_round


def make_facility(project: str, category: str = "Lift", name: str = "客梯 1 号", **values: Any):
	return _insert(
		"Facility", **{"project": project, "facility_name": name, "category": category, "location": "1 幢", **values}
	)


def make_template(kind: str = "Common", items: list[dict] | None = None, **values: Any):
	"""A sheet of its own: a yes-or-no line and what is given."""
	return _insert(
		"Inspection Template",
		template_name=f"Sheet {frappe.generate_hash(length=6)}",
		kind=kind,
		rectify_days=values.pop("rectify_days", 5),
		items=items or [{"item_text": "Door closes", "answer_type": "Yes or No"}],
		**values,
	)


def make_plan(project: str, template: str, facilities: tuple = (), **values: Any):
	return _insert(
		"Inspection Plan",
		**{
			"project": project,
			"plan_title": "Round",
			"template": template,
			"facilities": [{"facility": name} for name in facilities],
			"frequency": "Daily",
			"every": 1,
			"start_date": today(),
			"calendar_rule": "Keep the Day",
			"days_ahead": 3,
			"assigned_role": "Technician",
			**values,
		},
	)


def make_task(facility, template: str, **values: Any):
	return _insert(
		"Inspection Task",
		**{
			"project": facility.project,
			"facility": facility.name,
			"template": template,
			"scheduled_for": today(),
			**values,
		},
	)


def answers(template: str, given: dict[str, Any] | None = None) -> list[dict]:
	"""Answers to a sheet: all in order, but for what is given by the text of the item."""
	good = {"Yes or No": "Yes", "Measured Value": "1", "Meter Reading": "100", "Score": "10"}
	rows = []
	for item in rounds.items_of([template])[template]:
		wanted = (given or {}).get(item.item_text, good.get(item.answer_type, "Green"))
		rows.append({"item": item.name, **(wanted if isinstance(wanted, dict) else {"answer": wanted})})
	return rows


def send(task=None, given: dict | None = None, request_id: str | None = None, **values: Any) -> dict:
	"""Send a check as the signed-in user, as the phone does."""
	template = values.get("template") or task.template
	return inspection_round.send(
		answers=frappe.as_json(values.pop("rows", None) or answers(template, given)),
		request_id=request_id or frappe.generate_hash(length=20),
		user=values.pop("user", frappe.session.user),
		task=task.name if task else None,
		**values,
	)


def make_defect(facility, **values: Any):
	return _insert(
		"Rectification",
		**{
			"project": facility.project,
			"facility": facility.name,
			"item_text": "Door closes",
			"severity": "Minor",
			"found_on": frappe.utils.now_datetime(),
			"due_date": add_days(today(), 5),
			"description": "The door stands open.",
			**values,
		},
	)


def make_contract(place, submit: bool = True, **values: Any):
	doc = _insert(
		"Advertising Contract",
		**{
			"project": place.project,
			"facility": place.name,
			"contract_title": "Frame in the lift",
			"from_date": "2026-01-01",
			"to_date": "2026-12-31",
			"advertiser": "Focus Media",
			"content": "Furniture fair",
			"owners_resolution": "Meeting 2026-1, no. 3",
			"rent": 3000,
			"rent_period": "Quarterly",
			**values,
		},
	)
	if submit:
		# past its approval, without the roles that do it
		doc.db_set({"docstatus": 1, "workflow_state": "Approved"})
		for row in doc.schedule:
			row.db_set("docstatus", 1)
		doc.reload()
	return doc


def _insert(doctype: str, **values: Any):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
