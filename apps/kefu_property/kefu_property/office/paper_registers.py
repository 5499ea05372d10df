"""Registers of the papers that a handover package takes along (L25)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days, format_date, format_datetime


def handover_sheets(project: str, from_date, to_date) -> list[dict]:
	"""Extension point `handover_sheets`: issued documents, letters, seals, organisations and open commitments."""
	issued = _rows(
		"Issued Document",
		project,
		"issued_on",
		from_date,
		to_date,
		["document_number", "issued_on", "subject", "workflow_state", "withdrawal_reason"],
		{"docstatus": 1},
	)
	letters = _rows(
		"Incoming Letter",
		project,
		"received_on",
		from_date,
		to_date,
		["name", "received_on", "sender", "subject", "workflow_state"],
	)
	seals = _rows(
		"Seal Request",
		project,
		"sealed_on",
		from_date,
		to_date,
		["name", "sealed_on", "seal_name", "paper_title", "sealed_copies"],
		{"workflow_state": "Sealed"},
	)
	organisations = frappe.get_all(
		"External Organisation",
		filters={"project": project},
		fields=["organisation_name", "kind", "matters", "emergency_phone", "address"],
		order_by="kind, organisation_name",
	)
	commitments = frappe.get_all(
		"External Commitment",
		filters={"project": project, "status": "Pending"},
		fields=["organisation_name", "commitment", "side", "due_on"],
		order_by="due_on",
	)
	return [
		{
			"title": _("Issued Documents"),
			"columns": [_("Document Number"), _("Issued On"), _("Subject"), _("State"), _("Reason for Withdrawal")],
			"rows": [
				[
					row.document_number,
					format_date(row.issued_on),
					row.subject,
					_(row.workflow_state),
					row.withdrawal_reason,
				]
				for row in issued
			],
		},
		{
			"title": _("Letters Received"),
			"columns": [_("No."), _("Letter Received On"), _("Sender Organisation"), _("Subject"), _("State")],
			"rows": [
				[row.name, format_date(row.received_on), row.sender, row.subject, _(row.workflow_state)]
				for row in letters
			],
		},
		{
			"title": _("Seals and Their Use"),
			"columns": [_("No."), _("Sealed On"), _("Seal"), _("Paper to Be Sealed"), _("Copies Sealed")],
			"rows": [
				[row.name, format_datetime(row.sealed_on), row.seal_name, row.paper_title, row.sealed_copies]
				for row in seals
			],
		},
		{
			"title": _("External Organisations"),
			"columns": [
				_("Organisation Name"),
				_("Organisation Kind"),
				_("Matters"),
				_("Emergency Number"),
				_("Address"),
			],
			"rows": [
				[row.organisation_name, _(row.kind), row.matters, row.emergency_phone, row.address]
				for row in organisations
			],
		},
		{
			"title": _("Open Commitments"),
			"columns": [_("Organisation Name"), _("Commitment"), _("Promised By"), _("Due On")],
			"rows": [
				[row.organisation_name, row.commitment, _(row.side), format_date(row.due_on)] for row in commitments
			],
		},
	]


def _rows(doctype: str, project: str, day: str, from_date, to_date, fields: list[str], more: dict | None = None):
	filters = [["project", "=", project], [day, "<", add_days(to_date, 1)]]
	filters += [[field, "=", value] for field, value in (more or {}).items()]
	if from_date:
		filters.append([day, ">=", from_date])
	return frappe.get_all(doctype, filters=filters, fields=fields, order_by=f"{day}, name", limit=0)
