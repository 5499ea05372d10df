"""Report External Commitments Due: what was promised to whom, until when, and what is late (D30)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import date_diff, today

from kefu_property.office.paper_reports import column, own_projects


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, rows, no message, no chart, summary. Filters: `project`, `organisation`, `side`."""
	filters = frappe._dict(filters or {})
	table, user = frappe.qb.DocType("External Commitment"), frappe.qb.DocType("User")
	query = (
		frappe.qb.from_(table)
		.left_join(user)
		.on(user.name == table.responsible)
		.select(table.due_on, table.organisation_name, table.commitment, table.side)
		.select(user.full_name.as_("responsible_name"), table.name, table.project)
		.where(table.status == "Pending")
		.orderby(table.due_on)
		.orderby(table.name)
	)
	for field in ("organisation", "side"):
		if filters.get(field):
			query = query.where(table[field] == filters[field])
	rows = own_projects(query, table.project, filters.project).run(as_dict=True)
	for row in rows:
		row.days_late = max(0, date_diff(today(), row.due_on))
		row.side = _(row.side)
	return columns(), rows, None, None, summary(rows)


def columns() -> list[dict]:
	return [
		column(_("Due On"), "due_on", 105, "Date"),
		column(_("Days Late"), "days_late", 90, "Int"),
		column(_("Organisation"), "organisation_name", 180),
		column(_("Commitment"), "commitment", 300),
		column(_("Promised By"), "side", 90),
		column(_("Responsible"), "responsible_name", 110),
		column(_("Document"), "name", 160, "Link", "External Commitment"),
		column(_("Project"), "project", 110, "Link", "Property Project"),
	]


def summary(rows: list[dict]) -> list[dict]:
	late = sum(1 for row in rows if row.days_late)
	return [
		{"label": _("Pending"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Overdue"), "value": late, "datatype": "Int", "indicator": "Red" if late else "Green"},
	]
