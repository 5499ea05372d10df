"""Defects of homes and common parts: found once, given to who answers for them, counted where they were found (L12)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.handover import settings
from kefu_property.handover.exceptions import WrongPlace
from kefu_property.rules import handover_rules as rules

TO_REPAIR, REPORTED, CLOSED, WITHDRAWN = "To Be Repaired", "Repair Reported", "Closed", "Called Off"
OPEN = (TO_REPAIR, REPORTED)


def contractor_for(project: str, kind: str | None) -> str | None:
	"""Who answers for a kind of defect: the contractor that names it, else the developer itself."""
	rows = frappe.get_all(
		"Handover Contractor",
		filters={"project": project, "disabled": 0},
		fields=["name", "is_developer", "kinds"],
		order_by="creation",
	)
	wanted = {kind, _(kind)} if kind else set()
	for row in rows:
		if wanted & {line.strip() for line in (row.kinds or "").splitlines()}:
			return row.name
	return next((row.name for row in rows if row.is_developer), None)


def due_date(found_on, kind: str | None):
	days = frappe.get_cached_value("Handover Defect Kind", kind, "repair_days") if kind else 0
	return rules.due_date(getdate(found_on), settings.number("repair_days"), days or 0)


def check_contractor(contractor: str | None, project: str) -> None:
	if contractor and frappe.get_cached_value("Handover Contractor", contractor, "project") != project:
		frappe.throw(_("The responsible party belongs to another project. Choose one of this project."), WrongPlace)


def count_open(fieldname: str, name: str) -> int:
	return frappe.db.count("Handover Defect", {fieldname: name, "status": ["in", OPEN]})


def follow(doc) -> None:
	"""Write the number of open defects on the paper on which a defect was found (derived column)."""
	for fieldname, doctype in (("takeover", "Project Takeover"), ("home_handover", "Home Handover")):
		name = doc.get(fieldname)
		if name:
			frappe.db.set_value(doctype, name, "open_defects", count_open(fieldname, name), update_modified=False)
