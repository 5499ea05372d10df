"""Report Issued Document Register: every number of every series, and whether one is missing (D9)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.office.paper_reports import column, own_projects
from kefu_property.rules import paper_rules


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, rows, no message, no chart, summary. Filters: `project`, `kind`, `year` (this year by default)."""
	filters = frappe._dict(filters or {})
	filters.year = int(filters.year or getdate().year)
	rows = get_rows(filters)
	missing = missing_rows(filters, rows)
	return columns(), sorted(rows + missing, key=place), None, None, summary(rows, missing)


def columns() -> list[dict]:
	return [
		column(_("Document Number"), "document_number", 190),
		column(_("Issued On"), "issued_on", 105, "Date"),
		column(_("Subject"), "subject", 300),
		column(_("Addressed To"), "main_recipient", 150),
		column(_("State"), "state", 90),
		column(_("Prepared By"), "prepared", 100),
		column(_("Approved By"), "approved", 100),
		column(_("Have Read"), "read", 90),
		column(_("Reason for Withdrawal"), "withdrawal_reason", 200),
		column(_("Document"), "name", 170, "Link", "Issued Document"),
		column(_("Project"), "project", 110, "Link", "Property Project"),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	document, user = frappe.qb.DocType("Issued Document"), frappe.qb.DocType("User")
	approver = user.as_("approver")
	query = (
		frappe.qb.from_(document)
		.left_join(user)
		.on(user.name == document.prepared_by)
		.left_join(approver)
		.on(approver.name == document.approved_by)
		.select(document.name, document.project, document.kind, document.number, document.document_number)
		.select(document.issued_on, document.subject, document.main_recipient, document.workflow_state.as_("state"))
		.select(document.withdrawal_reason, document.readers, document.readers_done)
		.select(user.full_name.as_("prepared"), approver.full_name.as_("approved"))
		.where((document.docstatus == 1) & (document.year == filters.year))
	)
	if filters.kind:
		query = query.where(document.kind == filters.kind)
	rows = own_projects(query, document.project, filters.project).run(as_dict=True)
	for row in rows:
		row.read = f"{row.readers_done} / {row.readers}" if row.readers else ""
		row.is_withdrawn = row.state == "Withdrawn"
		row.state = _(row.state)
	return rows


def missing_rows(filters: frappe._dict, rows: list[dict]) -> list[dict]:
	"""A line for each number that its series has given out and no document bears, or the other way round."""
	series = frappe.qb.DocType("Document Series")
	query = frappe.qb.from_(series).select(series.project, series.kind, series.last_number)
	query = query.where(series.year == filters.year)
	if filters.kind:
		query = query.where(series.kind == filters.kind)
	last = {
		(row.project, row.kind): row.last_number
		for row in own_projects(query, series.project, filters.project).run(as_dict=True)
	}
	numbers: dict[tuple, list[int]] = {key: [] for key in last}
	for row in rows:
		numbers.setdefault((row.project, row.kind), []).append(row.number)
	return [
		frappe._dict(
			project=project,
			kind=kind,
			number=number,
			document_number=str(number),
			subject=_("This number is missing in {0}.").format(_(kind)),
			state=_("Missing"),
			is_missing=True,
		)
		for (project, kind), have in numbers.items()
		for number in paper_rules.gaps(have, last.get((project, kind), 0))
	]


def place(row: dict) -> tuple:
	return (row.project, row.kind, row.number)


def summary(rows: list[dict], missing: list[dict]) -> list[dict]:
	withdrawn = sum(1 for row in rows if row.is_withdrawn)
	return [
		{"label": _("Formally Issued"), "value": len(rows) - withdrawn, "datatype": "Int", "indicator": "Green"},
		{"label": _("Withdrawn"), "value": withdrawn, "datatype": "Int", "indicator": "Orange"},
		{
			"label": _("Missing Numbers"),
			"value": len(missing),
			"datatype": "Int",
			"indicator": "Red" if missing else "Green",
		},
	]
