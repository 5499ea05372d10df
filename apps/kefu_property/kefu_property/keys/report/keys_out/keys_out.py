"""Report Keys Out: every key on loan, with borrower and due time."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from kefu_property.suite import row_rules


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart by borrower, summary. Filters: `project`, `borrower_kind`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, chart(rows), summary(rows)


def columns() -> list[dict]:
	return [
		{"label": _("Key Code"), "fieldname": "key_code", "fieldtype": "Data", "width": 110},
		{"label": _("Opens"), "fieldname": "key_name", "fieldtype": "Data", "width": 170},
		{"label": _("Borrower"), "fieldname": "borrower_name", "fieldtype": "Data", "width": 140},
		{"label": _("Borrower Kind"), "fieldname": "borrower_kind", "fieldtype": "Data", "width": 100},
		{"label": _("Company"), "fieldname": "company", "fieldtype": "Data", "width": 140},
		{"label": _("Purpose"), "fieldname": "purpose", "fieldtype": "Data", "width": 110},
		{"label": _("Lent On"), "fieldname": "lent_on", "fieldtype": "Datetime", "width": 150},
		{"label": _("Due"), "fieldname": "due_on", "fieldtype": "Datetime", "width": 150},
		{"label": _("Hours Overdue"), "fieldname": "hours_overdue", "fieldtype": "Float", "precision": 1, "width": 120},
		{"label": _("Loan"), "fieldname": "loan", "fieldtype": "Link", "options": "Key Loan", "width": 170},
		{
			"label": _("Project"),
			"fieldname": "project",
			"fieldtype": "Link",
			"options": "Property Project",
			"width": 110,
		},
	]


def get_rows(filters: frappe._dict, overdue_only: bool = False) -> list[dict]:
	loan, item = frappe.qb.DocType("Key Loan"), frappe.qb.DocType("Key Loan Item")
	now = now_datetime()
	query = (
		frappe.qb.from_(loan)
		.join(item)
		.on((item.parent == loan.name) & (item.parenttype == "Key Loan"))
		.select(
			loan.name.as_("loan"),
			loan.project,
			item.key_code,
			item.key_name,
			loan.borrower_name,
			loan.borrower_kind,
			loan.company,
			loan.purpose,
			loan.lent_on,
			loan.due_on,
		)
		.where(loan.status.isin(["On Loan", "Partly Returned"]))
		.where(item.outcome.isnull() | (item.outcome == ""))
		.orderby(loan.due_on)
	)
	# a report runs its own query: it applies the same project rule as the list
	if not row_rules.sees_all_projects(frappe.session.user):
		query = query.where(loan.project.isin(row_rules.projects_of(frappe.session.user) or [""]))
	if filters.project:
		query = query.where(loan.project == filters.project)
	if filters.borrower_kind:
		query = query.where(loan.borrower_kind == filters.borrower_kind)
	if overdue_only:
		query = query.where(loan.due_on < now)
	rows = query.run(as_dict=True)
	for row in rows:
		late = (now - get_datetime(row.due_on)).total_seconds() / 3600
		row.hours_overdue = round(late, 1) if late > 0 else None
		row.borrower_kind, row.purpose = _(row.borrower_kind), _(row.purpose)
	return rows


def chart(rows: list[dict]) -> dict | None:
	kinds = list(dict.fromkeys(row.borrower_kind for row in rows))
	if not kinds:
		return None
	values = [sum(1 for row in rows if row.borrower_kind == kind) for kind in kinds]
	return {"data": {"labels": kinds, "datasets": [{"name": _("Keys Out"), "values": values}]}, "type": "bar"}


def summary(rows: list[dict]) -> list[dict]:
	late = sum(1 for row in rows if row.hours_overdue)
	return [
		{"label": _("Keys Out"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Overdue"), "value": late, "datatype": "Int", "indicator": "Red" if late else "Green"},
	]
