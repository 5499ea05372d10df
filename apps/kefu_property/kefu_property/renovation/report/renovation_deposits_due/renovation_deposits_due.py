"""Report Renovation Deposits Due: deposits that are held, when they come back and how much (D25, L11)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.renovation import permits
from kefu_property.rules.money import D, sum_money
from kefu_property.suite import row_rules


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, rows, no message, no chart, summary. Filters: `project`, `due_by` (only what is due until that day)."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, None, summary(rows)


def columns() -> list[dict]:
	def link(label: str, fieldname: str, options: str, width: int) -> dict:
		return {"label": label, "fieldname": fieldname, "fieldtype": "Link", "options": options, "width": width}

	def plain(label: str, fieldname: str, fieldtype: str = "Data", width: int = 120) -> dict:
		return {"label": label, "fieldname": fieldname, "fieldtype": fieldtype, "width": width}

	return [
		link(_("Permit"), "name", "Renovation Permit", 170),
		link(_("Unit"), "unit", "Property Unit", 130),
		plain(_("Name"), "applicant_name"),
		plain(_("Status"), "status_text"),
		plain(_("Completion Check Passed"), "completed_on", "Date"),
		plain(_("Re-check Due"), "recheck_due", "Date"),
		plain(_("Days Overdue"), "days_overdue", "Int", 100),
		plain(_("Deposit"), "deposit", "Currency"),
		plain(_("Approved Deductions"), "deducted", "Currency"),
		plain(_("To Be Refunded"), "refund", "Currency"),
		link(_("Deposit Receipt"), "fee_deposit", "Fee Deposit", 150),
		link(_("Project"), "project", "Property Project", 110),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	permit = frappe.qb.DocType("Renovation Permit")
	query = (
		frappe.qb.from_(permit)
		.select(
			permit.name,
			permit.project,
			permit.unit,
			permit.applicant_name,
			permit.status,
			permit.completed_on,
			permit.recheck_due,
			permit.deposit,
			permit.deducted,
			permit.refund,
			permit.fee_deposit,
		)
		.where(permit.status.isin(permits.OPEN) & (permit.refund > 0))
		.orderby(permit.recheck_due)
		.orderby(permit.name)
	)
	# a report runs its own query: it applies the same project rule as the list
	if not row_rules.sees_all_projects(frappe.session.user):
		query = query.where(permit.project.isin(row_rules.projects_of(frappe.session.user) or [""]))
	if filters.project:
		query = query.where(permit.project == filters.project)
	if filters.due_by:
		query = query.where((permit.recheck_due <= getdate(filters.due_by)) | (permit.status == "Refund Due"))
	rows = query.run(as_dict=True)
	day = getdate(today())
	for row in rows:
		row.status_text = _(row.status)
		row.days_overdue = (day - row.recheck_due).days if row.recheck_due and row.recheck_due < day else None
	return rows


def summary(rows: list[dict]) -> list[dict]:
	def total(picked: list[dict]) -> Decimal:
		return sum_money(D(row.refund) for row in picked)

	due = [row for row in rows if row.status == "Refund Due"]
	return [
		{"label": _("Deposits Held"), "value": total(rows), "datatype": "Currency", "indicator": "Blue"},
		{"label": _("Refund Due"), "value": total(due), "datatype": "Currency", "indicator": "Orange"},
	]
