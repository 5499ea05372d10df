"""Report Parcels Waiting: items in custody by age."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days, getdate, now_datetime, today

from kefu_property.rules import custody_rules
from kefu_property.suite import row_rules

GROUPS = ("0–1", "2–3", "4–7", "8–14", "15+")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict, list[dict]]:
	"""Columns, rows, no message, chart by age, summary. Filters: `project`, `shelf`, `kind`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, chart(rows), summary(rows)


def columns() -> list[dict]:
	return [
		{"label": _("Item"), "fieldname": "name", "fieldtype": "Link", "options": "Custody Item", "width": 180},
		{"label": _("Kind"), "fieldname": "kind", "fieldtype": "Data", "width": 100},
		{"label": _("Recipient"), "fieldname": "recipient_name", "fieldtype": "Data", "width": 120},
		{
			"label": _("Property Unit"),
			"fieldname": "unit",
			"fieldtype": "Link",
			"options": "Property Unit",
			"width": 140,
		},
		{"label": _("Shelf"), "fieldname": "shelf", "fieldtype": "Link", "options": "Custody Shelf", "width": 120},
		{"label": _("Carrier"), "fieldname": "carrier", "fieldtype": "Data", "width": 90},
		{"label": _("Received On"), "fieldname": "received_on", "fieldtype": "Datetime", "width": 150},
		{"label": _("Days"), "fieldname": "days", "fieldtype": "Int", "width": 70},
		{"label": _("Reminders"), "fieldname": "reminders", "fieldtype": "Int", "width": 90},
		{"label": _("Status"), "fieldname": "status", "fieldtype": "Data", "width": 100},
	]


def get_rows(filters: frappe._dict, older_than: int | None = None) -> list[dict]:
	table = frappe.qb.DocType("Custody Item")
	query = (
		frappe.qb.from_(table)
		.select(
			table.name,
			table.kind,
			table.recipient_name,
			table.unit,
			table.shelf,
			table.carrier,
			table.received_on,
			table.reminders,
			table.status,
		)
		.where(table.status.isin(["Waiting", "In Dispute"]))
		.orderby(table.received_on)
	)
	# a report runs its own query: it applies the same project rule as the list
	if not row_rules.sees_all_projects(frappe.session.user):
		query = query.where(table.project.isin(row_rules.projects_of(frappe.session.user) or [""]))
	for fieldname in ("project", "shelf", "kind"):
		if filters.get(fieldname):
			query = query.where(table[fieldname] == filters[fieldname])
	if older_than is not None:
		query = query.where(
			(table.received_on < add_days(now_datetime(), -older_than))
			& (table.keep_until.isnull() | (table.keep_until < today()))
		)
	rows = query.run(as_dict=True)
	for row in rows:
		row.days = (getdate(today()) - getdate(row.received_on)).days
		row.kind, row.status = _(row.kind), _(row.status)
	return rows


def chart(rows: list[dict]) -> dict:
	groups = [custody_rules.age_group(row.days) for row in rows]
	return {
		"data": {
			"labels": list(GROUPS),
			"datasets": [{"name": _("Items by days waiting"), "values": [groups.count(group) for group in GROUPS]}],
		},
		"type": "bar",
	}


def summary(rows: list[dict]) -> list[dict]:
	return [
		{"label": _("Waiting"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{
			"label": _("Longest Wait (Days)"),
			"value": max((row.days for row in rows), default=0),
			"datatype": "Int",
			"indicator": "Orange",
		},
	]
