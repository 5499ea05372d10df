"""Scheduled work of meetings."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_date, getdate, today

from kefu_property.suite.notify import alert, staff_with_role


def tell_of_actions(day: str | None = None) -> int:
	"""Daily: tell of action items that are due: whoever does it on the day before, the supervisors too once it is late.

	Each item is told of once a day at most, late ones every week. Returns the number of items.
	"""
	day = getdate(day or today())
	rows = frappe.get_all(
		"Meeting Action",
		filters={"status": "In Progress", "due_date": ["<=", frappe.utils.add_days(day, 1)]},
		fields=["name", "project", "title", "responsible", "due_date", "told_on"],
		order_by="due_date",
		limit=0,
	)
	supervisors = {project: staff_with_role("CS Supervisor", project) for project in {row.project for row in rows}}
	told = 0
	for row in rows:
		late = row.due_date < day
		first_late = late and (not row.told_on or row.told_on <= row.due_date)
		if row.told_on and not first_late and (not late or (day - row.told_on).days < 7):
			continue
		alert(
			[row.responsible, *(supervisors[row.project] if late else ())],
			lambda row=row: _("Action item due on {0}: {1}").format(format_date(row.due_date), row.title),
			"Meeting Action",
			row.name,
		)
		frappe.db.set_value(  # lint: allow query-in-loop: one write per alert
			"Meeting Action", row.name, "told_on", day, update_modified=False
		)
		told += 1
	return told
