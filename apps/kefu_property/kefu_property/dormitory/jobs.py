"""Scheduled work of the dormitory."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_to_date, get_datetime, now_datetime

from kefu_property.suite.notify import alert, staff_with_role


def tell_of_late_visitors(now=None) -> int:
	"""Every half hour: tell the wardens of visitors who should have left, each once. Returns the number of visitors."""
	now = get_datetime(now) if now else now_datetime()
	rows = frappe.get_all(
		"Dormitory Visitor",
		filters={"status": "Inside", "leave_by": ["<", now], "told": 0},
		fields=["name", "project", "visitor_name", "room"],
		limit=0,
	)
	wardens = {project: staff_with_role("Dormitory Warden", project) for project in {row.project for row in rows}}
	for row in rows:
		alert(
			wardens[row.project],
			lambda row=row: _("The visitor {0} is still in {1}.").format(row.visitor_name, row.room),
			"Dormitory Visitor",
			row.name,
		)
		frappe.db.set_value(  # lint: allow query-in-loop: one write per alert
			"Dormitory Visitor", row.name, "told", 1, update_modified=False
		)
	return len(rows)


def forget_visitors(now=None) -> int:
	"""Daily: erase name, phone and paper of visitors after the building's days (L22). Returns the number of lines."""
	now = get_datetime(now) if now else now_datetime()
	visitor = frappe.qb.DocType("Dormitory Visitor")
	days = dict(
		frappe.get_all(
			"Dormitory Building", filters={"visitor_days": [">", 0]}, fields=["name", "visitor_days"], as_list=True
		)
	)
	names = [
		row.name
		for row in frappe.get_all(
			"Dormitory Visitor",
			filters={"building": ["in", list(days) or [""]], "status": "Left", "visitor_name": ["!=", "—"]},
			fields=["name", "building", "left_on"],
			limit=0,
		)
		if row.left_on < add_to_date(now, days=-days[row.building])
	]
	if names:
		(
			frappe.qb.update(visitor)
			.set(visitor.visitor_name, "—")
			.set(visitor.phone, None)
			.set(visitor.id_last4, None)
			.where(visitor.name.isin(names))
			.run()
		)
	return len(names)
