"""What the registry itself looks at before somebody moves (D19); other modules contribute to the same list.

A contribution to `move_checks` is a function of the Move Request that returns rows with `check` (a lasting code), `label`,
`status` (`ok`, `warning` or `blocked`), `detail` and `amount` (yuan or None). It reads only.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_date, getdate

from kefu_property.rules import occupancy as rules


def registration(request) -> list[dict]:
	"""Identity of those who come, other open requests, end of the lease, unsold home."""
	return [_identity(request), _other_requests(request), _vehicles(request)]


def _row(check: str, label: str, status: str, detail: str = "", amount=None) -> dict:
	return {"check": check, "label": label, "status": status, "detail": detail, "amount": amount}


def _identity(request) -> dict:
	people = [row.resident for row in request.incoming if row.relation != "Family"]
	found = (
		frappe.get_all(
			"Resident", filters={"name": ["in", people]}, fields=["resident_name", "id_masked", "phone_masked"]
		)
		if people
		else []
	)
	missing = [row.resident_name for row in found if not row.id_masked or not row.phone_masked]
	if missing:
		detail = _("ID number or phone is missing: {0}").format(", ".join(missing))
		return _row("registry.identity", _("Identity and phone"), "blocked", detail)
	return _row("registry.identity", _("Identity and phone"), "ok")


def _other_requests(request) -> dict:
	others = frappe.get_all(
		"Move Request",
		filters={
			"unit": request.unit,
			"name": ["!=", request.name],
			"docstatus": ["<", 2],
			"applied_on": ["is", "not set"],
			"workflow_state": ["!=", "Rejected"],
		},
		fields=["name", "effective_date"],
	)
	if others:
		detail = ", ".join(f"{row.name} ({format_date(row.effective_date)})" for row in others)
		return _row("registry.other_requests", _("Other requests for this home"), "warning", detail)
	return _row("registry.other_requests", _("Other requests for this home"), "ok")


def _vehicles(request) -> dict:
	"""Vehicles of those who leave and hold nothing else stay registered until somebody ends them."""
	leavers = {row.resident for row in request.leaving}
	if leavers:
		day = getdate(request.effective_date)
		elsewhere = frappe.get_all(
			"Unit Occupancy",
			filters={"resident": ["in", list(leavers)], "name": ["not in", [row.occupancy for row in request.leaving]]},
			fields=["resident", "from_date", "to_date"],
		)
		leavers -= {row.resident for row in elsewhere if rules.covers(row, day)}
	plates = (
		frappe.get_all(
			"Resident Vehicle", filters={"resident": ["in", list(leavers)], "status": "Active"}, pluck="plate_number"
		)
		if leavers
		else []
	)
	if plates:
		return _row("registry.vehicles", _("Vehicles"), "warning", _("Still registered: {0}").format(", ".join(plates)))
	return _row("registry.vehicles", _("Vehicles"), "ok")
