"""What meetings show on a member of staff's page of their own work."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_date, getdate


def my_work_card(staff) -> dict | None:
	"""Extension point `my_work_cards`: action items that meetings gave to somebody, those due first (D31)."""
	if not staff.user:
		return None
	rows = frappe.get_all(
		"Meeting Action",
		filters={"responsible": staff.user, "status": ["!=", "Finished"]},
		fields=["name", "title", "due_date", "status"],
		order_by="due_date",
		limit=6,
	)
	return {
		"key": "meeting_actions",
		"title": _("My Action Items"),
		"order": 15,
		"lines": [
			{
				"text": f"{row.title} · {format_date(row.due_date)}",
				"state": _("Overdue") if is_late(row) else _(row.status),
				"indicator": "red" if is_late(row) else "orange" if row.status == "Reported Done" else "blue",
				"route": ["Form", "Meeting Action", row.name],
			}
			for row in rows
		],
		"empty": _("Nothing to do from meetings."),
	}


def is_late(row) -> bool:
	return row.status == "In Progress" and row.due_date < getdate()
