"""Report Disclosure Status: what is published, what is overdue, how objections are answered (L5)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import date_diff, getdate, today

from kefu_property.community import reporting


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, rows, no message, no chart, summary. Filters: `project`, `from_date`, `to_date` (end of the period)."""
	rows = frappe.get_all(
		"Community Disclosure",
		filters=[["docstatus", "<", 2], *reporting.where(filters, "to_date")],
		fields=["name", "project", "period", "to_date", "due_on", "docstatus", "published_on", "snapshot_hash"],
		order_by="to_date desc, project",
	)
	objections = _objections([row.name for row in rows])
	for row in rows:
		end = getdate(row.published_on) if row.published_on else getdate(today())
		row.days_late = max(0, date_diff(end, row.due_on)) or None
		row.state = _("Published") if row.docstatus else (_("Overdue") if row.days_late else _("Not Published"))
		row.update(objections.get(row.name, {}))
		row.fingerprint = (row.snapshot_hash or "")[:16]
	columns = [
		reporting.column("name", _("Disclosure"), "Link", 120, "Community Disclosure"),
		reporting.column("project", _("Project"), "Link", 110, "Property Project"),
		reporting.column("period", _("Period"), width=90),
		reporting.column("due_on", _("To Be Published by"), "Date", 120),
		reporting.column("published_on", _("Made Public on"), "Datetime", 150),
		reporting.column("state", _("State"), width=100),
		reporting.column("days_late", _("Days Late"), "Int", 90),
		reporting.column("objections", _("Objections"), "Int", 90),
		reporting.column("waiting", _("Waiting for Answer"), "Int", 100),
		reporting.column("late", _("Answers Overdue"), "Int", 110),
		reporting.column("fingerprint", _("Fingerprint"), width=150),
	]
	overdue = sum(1 for row in rows if not row.docstatus and row.days_late)
	late = sum(row.late or 0 for row in rows)
	summary = [
		{"label": _("Overdue"), "value": overdue, "datatype": "Int", "indicator": "Red" if overdue else "Green"},
		{"label": _("Answers Overdue"), "value": late, "datatype": "Int", "indicator": "Red" if late else "Green"},
	]
	return columns, rows, None, None, summary


def _objections(names: list[str]) -> dict[str, dict]:
	found: dict[str, dict] = {}
	for row in frappe.get_all(
		"Disclosure Objection",
		filters={"disclosure": ["in", names or [""]], "status": ["!=", "Withdrawn"]},
		fields=["disclosure", "status", "due_on"],
	):
		sums = found.setdefault(row.disclosure, {"objections": 0, "waiting": 0, "late": 0})
		waits = row.status == "Waiting for Answer"
		sums["objections"] += 1
		sums["waiting"] += waits
		sums["late"] += waits and row.due_on < getdate(today())
	return found
