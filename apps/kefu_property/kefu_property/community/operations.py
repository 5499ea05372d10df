"""Activities of the day on the director's operations board (D12)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days, format_datetime


def board(projects: list[str], day) -> list[dict]:
	"""Extension point `operations_board`: activities of the next 30 days, those of today as events."""
	rows = frappe.get_all(
		"Community Activity",
		filters={
			"project": ["in", projects],
			"workflow_state": ["in", ["Approved", "Under Way"]],
			"starts_on": ["between", [day, add_days(day, 30)]],
		},
		fields=["name", "project", "title", "venue", "starts_on", "registered_count"],
		order_by="starts_on",
		limit=0,
	)
	values = {name: sum(row.project == name for row in rows) for name in projects}
	return [
		{
			"key": "community",
			"title": _("Community"),
			"order": 80,
			"figures": [
				{
					"key": "activities",
					"label": _("Activities, Next 30 Days"),
					"unit": "",
					"values": values,
					"total": len(rows),
					"list": "Community Activity",
				}
			],
			"events": [
				{
					"project": row.project,
					"title": row.title,
					"text": _("{0}, {1}, {2} registered").format(
						format_datetime(row.starts_on, "HH:mm"), row.venue or "–", row.registered_count or 0
					),
					"tone": "blue",
					"route": ["Form", "Community Activity", row.name],
				}
				for row in rows
				if row.starts_on.date() == day
			],
		}
	]
