"""Records of the service desk for tests."""

from __future__ import annotations

import io
from typing import Any

import frappe
from PIL import Image

from tests.factories.registry import make_home, make_project


def make_desk(code: str | None = None) -> frappe._dict:
	"""A project with a home, an agent, a supervisor and two technicians in their departments.

	Keys: `project`, `unit`, `resident`, `agent`, `supervisor`, `technicians`, `service`, `engineering` (names).
	"""
	project = make_project(code).name
	unit, resident, _occupancy = make_home(project, "1-1-101")
	label = project.lower()
	agent = staff(f"agent-{label}", project, "CS Agent")
	supervisor = staff(f"supervisor-{label}", project, "CS Supervisor", "CS Agent")
	technicians = [staff(f"technician{i}-{label}", project, "Technician") for i in (1, 2)]
	desk = frappe._dict(
		project=project,
		unit=unit.name,
		resident=resident.name,
		agent=agent,
		supervisor=supervisor,
		technicians=technicians,
		service=f"{project}-客户服务部",
		engineering=f"{project}-工程维修部",
	)
	set_people(desk.service, agent)
	set_people(desk.engineering, *technicians)
	return desk


def staff(label: str, project: str | None, *roles: str, user_type: str = "System User") -> str:
	"""A user with these roles in a project. Written past the form of users, whose hooks empty all caches each time."""
	email = f"{label}@test.kefu.example"
	user = frappe.get_doc(
		{
			"doctype": "User",
			"name": email,
			"email": email,
			"first_name": label,
			"full_name": label,
			"enabled": 1,
			"user_type": user_type,
			"language": "en",
			"roles": [{"role": role} for role in roles],
		}
	)
	user.set_parent_in_children()
	for row in (user, *user.roles):
		row.db_insert()
	if project:
		permission = frappe.get_doc(
			{"doctype": "User Permission", "user": email, "allow": "Property Project", "for_value": project}
		)
		permission.set("apply_to_all_doctypes", 1)
		permission.set_new_name()
		permission.db_insert()
	return email


def set_people(department: str, *users: str, assignment: str = "By Turns", **facts: Any) -> None:
	doc = frappe.get_doc("Service Department", department)
	doc.assignment = assignment
	doc.set("members", [{"user": user, "available": 1, **facts} for user in users])
	doc.save(ignore_permissions=True)


def make_case(doctype: str, desk: frappe._dict, **values: Any):
	"""A case of the home of `desk`, entered by whoever is signed in."""
	category = {"Repair Order": "Pipe Leak", "Complaint": "Noise", "Enquiry": "Suggestion"}[doctype]
	return frappe.get_doc(
		{
			"doctype": doctype,
			"subject": "Test",
			"project": desk.project,
			"unit": desk.unit,
			"resident": desk.resident,
			"category": category,
			"source": "Phone",
			**values,
		}
	).insert()


def picture(kind: str = "JPEG", size: tuple[int, int] = (80, 60), place: bool = False) -> bytes:
	"""A small picture; with `place` its hidden data hold a position."""
	image, target = Image.new("RGB", size, (200, 30, 30)), io.BytesIO()
	exif = Image.Exif()
	if place:
		exif[0x010F] = "SecretCamera"
		exif.get_ifd(0x8825)[2] = (30.0, 15.0, 1.0)
	image.save(target, kind, exif=exif)
	return target.getvalue()
