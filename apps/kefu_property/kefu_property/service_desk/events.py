"""What the service desk does when something happens elsewhere."""

from __future__ import annotations

import frappe

from kefu_property.service_desk import setup
from kefu_property.service_desk.departments import CASES


def on_new_project(doc, method: str | None = None) -> None:
	setup.prepare_project(doc.name)


def on_todo(doc, method: str | None = None) -> None:
	"""An assignment made with the desk's own button or by an Assignment Rule is an assignment of the case."""
	if doc.reference_type not in CASES or doc.flags.from_case or doc.status != "Open":
		return
	case = frappe.get_doc(doc.reference_type, doc.reference_name)
	if case.status == "New" or (case.status == "Assigned" and case.assigned_to != doc.allocated_to):
		case.assigned_to = doc.allocated_to
		case.move("Assigned")
