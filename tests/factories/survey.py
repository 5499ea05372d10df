"""Records of the surveys for tests."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import add_days, today

from kefu_property.suite.approval import system_step
from kefu_property.survey import links, participation

QUESTIONS = (
	{"question": "Overall", "kind": "Scale", "item": "Service", "required": 1},
	{
		"question": "Why",
		"kind": "Multiple Choice",
		"choices": "Slow\nRude\nDear",
		"required": 1,
		"show_when": "q1",
		"show_values": "1\n2",
	},
	{"question": "Parts", "kind": "Matrix", "matrix_rows": "Cleaning\nSafety", "required": 0},
	{"question": "First", "kind": "Single Choice", "choices": "Lift\nGarden", "required": 0},
	{"question": "Words", "kind": "Text", "required": 0},
)


def new_survey(project: str, **values: Any):
	"""A survey of all homes of a project, not saved yet."""
	values = {
		"title": "Yearly survey",
		"opens_on": today(),
		"closes_on": add_days(today(), 10),
		"questions": [dict(row) for row in QUESTIONS],
		"unit_type": "",
		"send_messages": 0,
	} | values
	return frappe.get_doc({"doctype": "Satisfaction Survey", "project": project, **values})


def open_survey(project: str, **values: Any):
	"""A survey that was published; its approval is another test's matter."""
	doc = new_survey(project, **values).insert(ignore_permissions=True)
	system_step(doc, "Open")
	doc.publish()
	return doc


def invitations(survey) -> list[frappe._dict]:
	return frappe.get_all(
		"Survey Invitation",
		filters={"survey": survey.name},
		fields=["name", "survey", "project", "unit", "resident", "building"],
		order_by="unit, resident",
	)


def reply(invitation: dict, channel: str = "Link", **given: Any) -> str:
	return participation.answer(links.invitation_of(links.token_of(invitation["name"])), {"q1": "5", **given}, channel)
