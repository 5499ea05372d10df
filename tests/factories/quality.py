"""Records of the management systems for tests."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, today

from tests.factories.users import as_user, make_user

AUDITOR = "HQ Quality Auditor"


ROLES = {
	"clerk": "Office Clerk",
	"agent": "CS Agent",
	"supervisor": "CS Supervisor",
	"second": "CS Supervisor",
	"director": "Office Director",
	"lead": "Engineering Lead",
	"technician": "Technician",
}


class Staff:
	"""Users of a project by short name, each with one role; somebody is made when a test first names them."""

	def __init__(self, project: str) -> None:
		self.project = project

	def __getattr__(self, name: str) -> str:
		if name == "auditor":
			user = make_user(AUDITOR)
		elif name in ROLES:
			email = f"{name}-{frappe.scrub(self.project)}@test.kefu.example"
			user = make_user(ROLES[name], projects=(self.project,), email=email)
		else:
			raise AttributeError(name)
		setattr(self, name, user)
		return user


def insert(doctype: str, **values: Any):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)


def upload(content: bytes, name: str) -> str:
	return insert("File", file_name=name, is_private=1, content=content).file_url


def told(user: str, name: str) -> int:
	"""Alerts that a user has of a document."""
	return frappe.db.count("Notification Log", {"for_user": user, "document_name": name})


def step(doc, user: str, action: str):
	"""Take a step of the workflow as a user; returns the document as it is then."""
	with as_user(user):
		return apply_workflow(frappe.get_doc(doc.doctype, doc.name), action)


def make_area(project: str, name: str = "Engineering", responsible: str | None = None, members: tuple[str, ...] = ()):
	return insert(
		"Audit Area",
		project=project,
		area_name=name,
		responsible=responsible,
		members=[{"user": user} for user in members],
	)


def make_document(project: str, code: str = "QP-01", **values: Any):
	return insert(
		"Controlled Document",
		project=project,
		document_code=code,
		doc_title=values.pop("doc_title", "Handling of complaints"),
		level="Procedure",
		**values,
	)


def make_version(document, user: str, version_no: str = "A/0", **values: Any):
	"""A draft written by `user`."""
	with as_user(user):
		return frappe.get_doc(
			{
				"doctype": "Controlled Document Version",
				"document": document.name,
				"project": document.project,
				"version_no": version_no,
				"effective_on": today(),
				"change_note": "First issue",
				"content": "<p>Answer within the hour.</p>",
				**values,
			}
		).insert()


def approve_version(version, people):
	version = step(version, people.clerk, "Submit for Review")
	version = step(version, people.supervisor, "Review")
	return step(version, people.director, "Approve")


def make_objective(people, project: str, approve: bool = True, **values: Any):
	with as_user(people.supervisor):
		doc = frappe.get_doc(
			{
				"doctype": "Quality Objective",
				"project": project,
				"year": 2026,
				"objective_title": "Few complaints",
				"standard": "ISO 9001",
				"responsible": people.lead,
				"formula": "complaints",
				"direction": "At Most",
				"target": 2,
				"unit": "times",
				**values,
			}
		).insert()
	if approve:
		doc = step(doc, people.supervisor, "Submit for Approval")
		doc = step(doc, people.director, "Approve")
	return doc


def make_nonconformity(people, area, user: str | None = None, **values: Any):
	with as_user(user or people.auditor):
		return frappe.get_doc(
			{
				"doctype": "Nonconformity Report",
				"project": area.project,
				"source": "Other",
				"summary": "Lift logs are not signed",
				"severity": "Minor",
				"clause": "ISO 9001 8.5.1",
				"area": area.name,
				"responsible": people.lead,
				"found_on": today(),
				"description": "Three of five logs bear no signature.",
				**values,
			}
		).insert()


def plan(doc, people, user: str | None = None, action: str = "Train the staff"):
	"""Write cause and action and submit the plan as the person in charge."""
	user = user or people.lead
	with as_user(user):
		doc = frappe.get_doc(doc.doctype, doc.name)
		doc.update({"cause_kind": "People", "cause": "Nobody told the new staff."})
		doc.append("actions", {"action": action, "responsible": people.technician, "due_on": add_days(today(), 10)})
		doc.save()
	return step(doc, user, "Submit Plan")


def act(doc, people):
	"""Note that each action of the present round is done and report it."""
	with as_user(people.lead):
		doc = frappe.get_doc(doc.doctype, doc.name)
		for row in doc.present_actions():
			row.done_on = today()
		doc.save()
	return step(doc, people.lead, "Report Done")


def check(doc, user: str, action: str, note: str = "Five logs seen, all signed"):
	with as_user(user):
		doc = frappe.get_doc(doc.doctype, doc.name)
		doc.effect_note = note
		doc.save()
	return step(doc, user, action)
