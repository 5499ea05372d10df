"""Scheduled work of the service desk."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import now_datetime

from kefu_property.service_desk import departments, notices
from kefu_property.service_desk.case import OPEN, WAITING


def watch_deadlines() -> None:
	"""Every few minutes: colour the deadlines that came near or passed, and tell who has to act (D3)."""
	for doctype in departments.CASES:
		watch_kind(doctype)


def watch_kind(doctype: str) -> None:
	now, table = now_datetime(), frappe.qb.DocType(doctype)
	running = table.status.isin([state for state in OPEN if state != WAITING])
	late = running & (table.next_due < now) & (table.deadline_state != "Overdue")
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.subject, table.project, table.department, table.assigned_to)
		.where(late)
		.run(as_dict=True)
	)
	if rows:
		frappe.qb.update(table).set(table.deadline_state, "Overdue").where(late).run()
	(
		frappe.qb.update(table)
		.set(table.deadline_state, "Due Soon")
		.where(running & (table.warn_on <= now) & (table.next_due >= now) & (table.deadline_state == "On Time"))
		.run()
	)
	supervisors: dict[str, list[str]] = {}
	for row in rows:
		if row.project not in supervisors:
			supervisors[row.project] = departments.users_with_role("CS Supervisor", row.project)
		lead = frappe.get_cached_value("Service Department", row.department, "lead") if row.department else None
		notices.tell(
			[row.assigned_to, lead, *supervisors[row.project]],
			_("{0}: {1} is overdue").format(row.name, row.subject),
			frappe._dict(doctype=doctype, name=row.name),
		)
	if rows:
		notices.refresh_boards(None)
