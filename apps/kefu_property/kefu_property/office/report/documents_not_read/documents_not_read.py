"""Report Documents Not Read: whose reading of an issued document is missing, and since when (D9)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import date_diff, today

from kefu_property.office.paper_reports import column, own_projects


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Columns and rows, longest overdue first. Filters: `project`, `user`."""
	filters = frappe._dict(filters or {})
	reading, document, user = (frappe.qb.DocType(name) for name in ("Document Reading", "Issued Document", "User"))
	query = (
		frappe.qb.from_(reading)
		.join(document)
		.on(document.name == reading.issued_document)
		.left_join(user)
		.on(user.name == reading.user)
		.select(user.full_name.as_("reader"), document.document_number, document.subject, document.issued_on)
		.select(reading.read_by, reading.reminders, reading.issued_document, reading.project)
		.where((reading.status == "Unread") & (document.workflow_state == "Formally Issued"))
		.orderby(reading.read_by)
		.orderby(reading.name)
	)
	if filters.user:
		query = query.where(reading.user == filters.user)
	rows = own_projects(query, reading.project, filters.project).run(as_dict=True)
	for row in rows:
		row.days_late = max(0, date_diff(today(), row.read_by)) if row.read_by else 0
	return columns(), rows


def columns() -> list[dict]:
	return [
		column(_("Reader"), "reader", 120),
		column(_("Document Number"), "document_number", 180),
		column(_("Subject"), "subject", 280),
		column(_("Issued On"), "issued_on", 105, "Date"),
		column(_("To Be Read By"), "read_by", 105, "Date"),
		column(_("Days Late"), "days_late", 90, "Int"),
		column(_("Reminders"), "reminders", 90, "Int"),
		column(_("Document"), "issued_document", 170, "Link", "Issued Document"),
		column(_("Project"), "project", 110, "Link", "Property Project"),
	]
