"""Report Custody Throughput: items received and handed out, by day or carrier."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import add_days, getdate, today

from kefu_property.suite import row_rules


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Filters: `project`, `from_date`, `to_date` (default the last 30 days), `group_by` (`Day` or `Carrier`)."""
	filters = frappe._dict(filters or {})
	rows = get_rows(filters)
	return columns(filters), rows, None, chart(rows)


def columns(filters: frappe._dict) -> list[dict]:
	by_day = filters.group_by != "Carrier"
	first = (
		{"label": _("Day"), "fieldname": "group", "fieldtype": "Date", "width": 130}
		if by_day
		else {"label": _("Carrier"), "fieldname": "group", "fieldtype": "Data", "width": 130}
	)
	return [
		first,
		{"label": _("Received"), "fieldname": "received", "fieldtype": "Int", "width": 110},
		{"label": _("Handed Out"), "fieldname": "handed_out", "fieldtype": "Int", "width": 110},
		{
			"label": _("Average Days until Pick-up"),
			"fieldname": "days",
			"fieldtype": "Float",
			"precision": 1,
			"width": 190,
		},
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	end = getdate(filters.to_date or today())
	start = getdate(filters.from_date or add_days(end, -29))
	table = frappe.qb.DocType("Custody Item")
	query = (
		frappe.qb.from_(table)
		.select(table.received_on, table.picked_up_on, table.carrier, table.kind)
		.where((table.received_on >= start) & (table.received_on < add_days(end, 1)))
	)
	if not row_rules.sees_all_projects(frappe.session.user):
		query = query.where(table.project.isin(row_rules.projects_of(frappe.session.user) or [""]))
	if filters.project:
		query = query.where(table.project == filters.project)
	groups = defaultdict(list)
	for row in query.run(as_dict=True):
		groups[(row.carrier or _(row.kind)) if filters.group_by == "Carrier" else getdate(row.received_on)].append(row)
	result = []
	for group in sorted(groups):
		waits = [
			(row.picked_up_on - row.received_on).total_seconds() / 86400 for row in groups[group] if row.picked_up_on
		]
		result.append(
			frappe._dict(
				group=group,
				received=len(groups[group]),
				handed_out=len(waits),
				days=round(sum(waits) / len(waits), 1) if waits else None,
			)
		)
	return result


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	return {
		"data": {
			"labels": [str(row.group) for row in rows],
			"datasets": [
				{"name": _("Received"), "values": [row.received for row in rows]},
				{"name": _("Handed Out"), "values": [row.handed_out for row in rows]},
			],
		},
		"type": "bar",
	}
