"""Records of renovation for tests: applications on their way, permits, photos."""

from __future__ import annotations

import io
from typing import Any

import frappe
from frappe.utils import add_days, now_datetime, today
from PIL import Image

from kefu_property.renovation import charges, permits, settings
from tests.factories.registry import make_home


def picture(place: bool = False, kind: str = "JPEG") -> bytes:
	"""A small picture; with `place` its hidden data hold a camera and a position."""
	target = io.BytesIO()
	exif = Image.Exif()
	if place:
		exif[0x010F] = "SecretCamera"
		exif.get_ifd(0x8825)[2] = (30.0, 15.0, 1.0)
	Image.new("RGB", (60, 40), (20, 90, 160)).save(target, kind, exif=exif)
	return target.getvalue()


def upload(content: bytes, name: str = "photo.jpg") -> str:
	"""Address of a file that the present user uploaded."""
	return (
		frappe.get_doc({"doctype": "File", "file_name": name, "is_private": 1, "content": content})
		.insert(ignore_permissions=True)
		.file_url
	)


def new_application(project: str, unit=None, resident=None, items=("Flooring",), **values: Any):
	"""An application from today for 30 days, not saved yet; a home with an owner is made when none is given."""
	if not unit:
		unit, resident, _occupancy = make_home(project)
	return frappe.get_doc(
		{
			"doctype": "Renovation Application",
			"project": project,
			"unit": unit.name,
			"resident": resident.name,
			"start_date": today(),
			"end_date": add_days(today(), 30),
			"items": [{"item": item} for item in items],
			"contractor": "Good Builders",
			"manager_name": "Wang",
			"manager_phone": "13900001111",
			"rules_accepted": 1,
			"banned_accepted": 1,
			**values,
		}
	)


def make_application(project: str, *args: Any, **values: Any):
	return new_application(project, *args, **values).insert(ignore_permissions=True)


def make_permit(project: str, *args: Any, **values: Any):
	"""A permit in force: the application is put past its approval and the cashier, without the roles that do it."""
	doc = make_application(project, *args, **values)
	doc.db_set({"docstatus": 1, "workflow_state": "Approved", "refuse_fee": 0})
	charges.receive_deposit(doc.name, "Cash")
	return frappe.get_doc("Renovation Permit", permits.issue(doc.name))


def answers(problem: bool = False) -> list[dict]:
	lines = [{"check_text": text, "result": "OK"} for text in settings.checks("Patrol")]
	if problem:
		lines[0] |= {"result": "Problem", "remark": "no permit at the door"}
	return lines


def make_violation(permit, **values: Any):
	return frappe.get_doc(
		{
			"doctype": "Renovation Violation",
			"project": permit.project,
			"permit": permit.name,
			"severity": "Serious",
			"kind": "Banned Act",
			"found_on": now_datetime(),
			"rectify_by": today(),
			"description": "A bearing wall is cut.",
			**values,
		}
	).insert()
