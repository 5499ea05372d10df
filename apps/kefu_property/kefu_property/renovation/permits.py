"""How permits are issued, stopped, extended and closed: the home's row is locked first, so that two desks agree (L11)."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.utils import format_date, getdate, today

from kefu_property.registry import api as registry
from kefu_property.renovation import charges, settings
from kefu_property.renovation.exceptions import (
	ChargesOpen,
	PermitExists,
	PermitNotValid,
	RenovationOverlap,
	UnknownPermit,
)
from kefu_property.rules import renovation_rules as rules
from kefu_property.rules.money import D

RUNNING = ("In Progress", "Stopped")
OPEN = (*RUNNING, "To Be Re-checked", "Refund Due")
DECIDING = ("Pending Approval", "Engineering Review", "Director Approval", "Approved")


def lock_unit(unit: str) -> None:
	"""Hold the home's row until the end of the transaction."""
	frappe.db.get_value("Property Unit", unit, "name", for_update=True)


def check_untouched(unit: str) -> None:
	"""Lock the home and refuse when another desk issued or closed a permit of it since this transaction began to read.

	What this transaction reads of permits may be older than the lock; the home's state tells. Raises RenovationOverlap.
	"""
	seen = frappe.db.get_value("Property Unit", unit, "state")
	if frappe.db.get_value("Property Unit", unit, "state", for_update=True) != seen:
		frappe.throw(
			_("The state of {0} was changed by another desk at this moment. Load the form again.").format(unit),
			RenovationOverlap,
		)


def lock(permit: str):
	"""The permit, its row held until the end of the transaction and read as it stands now."""
	frappe.db.get_value("Renovation Permit", permit, "name", for_update=True)
	return frappe.get_doc("Renovation Permit", permit)


def check_overlap(unit: str, start, end, application: str | None = None, permit: str | None = None) -> None:
	"""Refuse a second renovation of a home in the same days. Raises RenovationOverlap naming the other paper."""
	start, end = getdate(start), getdate(end)
	lock_unit(unit)
	others = frappe.get_all(
		"Renovation Permit",
		filters={
			"unit": unit,
			"status": ["in", RUNNING],
			"name": ["!=", permit or ""],
			"application": ["!=", application or ""],
		},
		fields=["name", "start_date", "end_date"],
	)
	others += frappe.get_all(
		"Renovation Application",
		filters={
			"unit": unit,
			"docstatus": ["<", 2],
			"workflow_state": ["in", DECIDING],
			"permit": ["is", "not set"],
			"name": ["!=", application or ""],
		},
		fields=["name", "start_date", "end_date"],
	)
	for other in others:
		if rules.overlaps(start, end, other.start_date, other.end_date):
			frappe.throw(
				_(
					"{0} already has a renovation from {1} to {2} ({3}). Choose other days, or finish that one first."
				).format(unit, format_date(other.start_date), format_date(other.end_date), other.name),
				RenovationOverlap,
			)


def issue(application: str) -> str:
	"""Write the permit of an approved application. The caller has checked the right to the application."""
	unit = frappe.db.get_value("Renovation Application", application, "unit")
	check_untouched(unit)
	doc = frappe.get_doc("Renovation Application", application)
	if doc.workflow_state != "Approved":
		frappe.throw(_("{0} is not approved yet.").format(doc.name), PermitNotValid)
	if doc.permit:
		frappe.throw(_("The permit {0} was issued already.").format(doc.permit), PermitExists)
	if charges.open_charges(doc):
		frappe.throw(
			_("The deposit or the refuse removal fee is not paid yet. Send the owner to the cashier."), ChargesOpen
		)
	check_overlap(doc.unit, doc.start_date, doc.end_date, application=doc.name)
	permit = frappe.get_doc(
		{
			"doctype": "Renovation Permit",
			"project": doc.project,
			"application": doc.name,
			"unit": doc.unit,
			"building": doc.building,
			"resident": doc.resident,
			"applicant_name": doc.applicant_name,
			"status": "In Progress",
			"start_date": doc.start_date,
			"end_date": doc.end_date,
			"code": frappe.generate_hash(length=8).upper(),
			"contractor": doc.contractor or _("The owner"),
			"manager_name": doc.manager_name,
			"manager_phone": doc.manager_phone,
			"works": doc.works_text(),
			"water_test": int(any(row.needs_water_test for row in doc.items)),
			"working_hours": settings.working_hours(),
			"conditions": doc.conditions,
			"next_patrol_on": doc.start_date,
			"deposit": doc.deposit,
			"fee_deposit": doc.fee_deposit,
			"refund": doc.deposit,
			"unit_state_before": frappe.db.get_value("Property Unit", doc.unit, "state"),
		}
	)
	permit.insert(ignore_permissions=True)  # a permit is made from an application alone; nobody may create one by hand
	doc.db_set("permit", permit.name)
	registry.set_unit_state(doc.unit, "Renovating")
	return permit.name


def by_code(code: str):
	"""The permit of a scanned or typed code; a whole address is understood, too. Raises UnknownPermit."""
	code = (code or "").strip().rstrip("/").rsplit("/", 1)[-1].upper()
	name = frappe.db.get_value("Renovation Permit", {"code": code}) if code else None
	if not name:
		frappe.throw(
			_("No permit has the code {0}. Look at the paper on the door and type it again.").format(code),
			UnknownPermit,
		)
	return frappe.get_doc("Renovation Permit", name)


def check_valid(permit, day: date | str | None = None) -> None:
	"""Refuse work on a permit that is over. Raises PermitNotValid."""
	if permit.status not in RUNNING:
		frappe.throw(
			_("The permit {0} is no longer running: {1}.").format(permit.name, _(permit.status)), PermitNotValid
		)
	if getdate(day or today()) > getdate(permit.end_date):
		frappe.throw(
			_("The permit {0} expired on {1}. Stop the work; the office extends the permit or takes it back.").format(
				permit.name, format_date(permit.end_date)
			),
			PermitNotValid,
		)


def follow_violations(permit: str) -> None:
	"""Count open violations and stop or resume the works accordingly."""
	doc = lock(permit)
	rows = frappe.get_all(
		"Renovation Violation",
		filters={"permit": permit, "status": ["!=", "Closed"]},
		fields=["name", "stop_work", "kind"],
	)
	stops = [row for row in rows if row.stop_work]
	values = {"open_violations": len(rows)}
	if doc.status in RUNNING:
		values["status"] = "Stopped" if stops else "In Progress"
		values["stop_reason"] = ", ".join(f"{row.name} {_(row.kind)}" for row in stops) or None
	doc.db_set(values, notify=True)


def follow_deductions(permit: str) -> None:
	doc = lock(permit)
	amounts = frappe.get_all("Renovation Deduction", filters={"permit": permit, "docstatus": 1}, pluck="amount")
	left = rules.refund(doc.deposit, amounts)
	doc.db_set({"deducted": D(doc.deposit) - left, "refund": left})


def release_unit(permit) -> None:
	"""Give the home the state that it had before the works."""
	if frappe.db.get_value("Property Unit", permit.unit, "state") == "Renovating":
		before = permit.unit_state_before
		registry.set_unit_state(permit.unit, before if before and before != "Renovating" else "Occupied")
