"""Records of handing over for tests: homes of a developer, batches, visits, takeovers."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import add_days, today

from kefu_property.handover import booking, homes, visits
from tests.factories.registry import make_occupancy, make_project, make_resident, make_unit

#: a drawn line, as the page's canvas sends it
SIGNATURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="


def make_developer_home(project: str, code: str | None = None, developer=None, **values: Any):
	"""A home that the developer holds and pays for since 2024."""
	unit = make_unit(project, code, state="Developer-held", **values)
	developer = developer or make_resident(project, "虚构置业", resident_type="Developer")
	make_occupancy(unit, developer, "Developer", "2024-01-01", share=0)
	return unit


def new_batch(project: str, units, buyers=(), **values: Any):
	"""A batch of three days from today, two appointments of two homes a day, not saved yet."""
	buyers = list(buyers) + [None] * (len(units) - len(buyers))
	return frappe.get_doc(
		{
			"doctype": "Handover Batch",
			"project": project,
			"title": "一期集中交付",
			"venue": "社区中心",
			"from_date": today(),
			"to_date": add_days(today(), 2),
			"day_from": "09:00:00",
			"day_to": "11:00:00",
			"break_from": None,
			"break_to": None,
			"slot_minutes": 60,
			"capacity": 2,
			"units": [
				{"unit": unit.name, "resident": buyer.name if buyer else None}
				for unit, buyer in zip(units, buyers, strict=True)
			],
			**values,
		}
	)


def make_batch(project: str, units, buyers=(), **values: Any):
	"""A batch in force, put past its approval without the roles that do it."""
	doc = new_batch(project, units, buyers, **values).insert(ignore_permissions=True)
	submit_around(doc)
	return doc


def submit_around(doc) -> None:
	"""Submit without the workflow, as after its approval."""
	doc.db_set({"docstatus": 1, "workflow_state": "Approved"})
	doc.reload()
	doc.run_method("on_submit")
	doc.reload()


def make_visit(project: str | None = None, **unit: Any):
	"""The Home Handover of one home whose buyer sits at the counter."""
	project = project or make_project().name
	home = make_developer_home(project, **unit)
	buyer = make_resident(project, phone="13800002222")
	make_batch(project, [home], [buyer])
	name = f"HH-{home.name}"
	visits.check_in(name)
	homes.begin(name)
	return frappe.get_doc("Home Handover", name)


def slots_of(batch: str, days: int = 2) -> list[str]:
	"""Free appointments on a day from now; two days ahead buyers can change them at any hour."""
	return [row.name for row in booking.free_slots(batch) if str(row.slot_date) == add_days(today(), days)]


def finishing(doc, **values: Any) -> dict:
	"""Everything that finishing the visit needs, in order."""
	return {
		"people": [{"resident": doc.resident, "relation": "Owner", "share": 100}],
		"meters": [],
		"given_keys": [row.property_key for row in doc.home_keys],
		"signed": [row.paper for row in doc.papers],
		"id_kind": "Resident ID Card",
		"id_last4": "123X",
		"signature": SIGNATURE,
		**values,
	}


def answer_all(doc) -> None:
	for room in dict.fromkeys(row.room for row in doc.checks):
		homes.answer_room(doc.name, room)


def new_takeover(project: str, **values: Any):
	return frappe.get_doc(
		{"doctype": "Project Takeover", "project": project, "title": "一期承接查验", "developer": "虚构置业", **values}
	)


def fill_takeover(doc, defects: int = 0, **line: Any) -> None:
	"""Answer every line and paper and sign; the first lines have defects."""
	for number, row in enumerate(doc.lines):
		if number < defects:
			row.update({"result": "Defect", "defect_kind": "Structure", "description": "裂缝", "spot": "1 幢", **line})
		else:
			row.result = "Passed"
	for row in doc.papers:
		row.received = "Yes"
	doc.developer_signature = doc.office_signature = SIGNATURE
