"""Report Seal Register: what was sealed with which seal, when, by whom, approved by whom (D9)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days

from kefu_property.office.paper_reports import column, own_projects


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Columns and rows. Filters: `project`, `seal`, `from_date`, `to_date` (of the sealing)."""
	filters = frappe._dict(filters or {})
	request, user = frappe.qb.DocType("Seal Request"), frappe.qb.DocType("User")
	approver, keeper = user.as_("approver"), user.as_("keeper")
	query = (
		frappe.qb.from_(request)
		.left_join(approver)
		.on(approver.name == request.approved_by)
		.left_join(keeper)
		.on(keeper.name == request.sealed_by)
		.select(request.sealed_on, request.seal_name, request.paper_title, request.counterparty, request.purpose)
		.select(request.sealed_copies, keeper.full_name.as_("sealed"), approver.full_name.as_("approved"))
		.select(request.taken_out_where, request.name, request.project)
		.where((request.docstatus == 1) & request.sealed_on.isnotnull())
		.orderby(request.sealed_on)
	)
	if filters.seal:
		query = query.where(request.seal == filters.seal)
	if filters.from_date:
		query = query.where(request.sealed_on >= filters.from_date)
	if filters.to_date:
		query = query.where(request.sealed_on < add_days(filters.to_date, 1))
	return columns(), own_projects(query, request.project, filters.project).run(as_dict=True)


def columns() -> list[dict]:
	return [
		column(_("Sealed On"), "sealed_on", 150, "Datetime"),
		column(_("Seal Name"), "seal_name", 130),
		column(_("Paper to Be Sealed"), "paper_title", 260),
		column(_("Given To"), "counterparty", 140),
		column(_("Purpose"), "purpose", 180),
		column(_("Copies Sealed"), "sealed_copies", 90, "Int"),
		column(_("Sealed By"), "sealed", 100),
		column(_("Approved By"), "approved", 100),
		column(_("Taken Where"), "taken_out_where", 120),
		column(_("Seal Request"), "name", 160, "Link", "Seal Request"),
		column(_("Project"), "project", 110, "Link", "Property Project"),
	]
