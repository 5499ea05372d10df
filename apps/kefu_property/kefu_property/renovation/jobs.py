"""Scheduled work of the renovation desk."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days, format_date, format_datetime, get_datetime, getdate, now_datetime, today

from kefu_property.renovation import permits, settings
from kefu_property.rules import renovation_rules as rules
from kefu_property.suite.notify import alert, staff_with_role

#: who is told when half of the time is over, and when all of it is
ALERTED = {1: ("CS Supervisor", "Engineering Lead"), 2: ("CS Supervisor", "Office Director")}


def watch_violations(now=None) -> int:
	"""Every quarter of an hour: tell of violations whose time to be reported runs out, each level once (L11).

	Returns the number of violations told of.
	"""
	now = get_datetime(now) if now else now_datetime()
	rows = frappe.get_all(
		"Renovation Violation",
		filters={"status": ["!=", "Closed"], "reported_on": ["is", "not set"], "alert_level": ["<", 2]},
		fields=["name", "project", "unit", "found_on", "report_due", "alert_level"],
		order_by="report_due",
	)
	staff: dict[tuple[str, str], list[str]] = {}
	told = 0
	for row in rows:
		level = rules.alert_level(now, get_datetime(row.found_on), get_datetime(row.report_due))
		if level <= row.alert_level:
			continue
		users = [user for role in ALERTED[level] for user in _staff(role, row.project, staff)]
		alert(
			users,
			lambda row=row: _("Violation {0} in {1} has to be put right or reported by {2}.").format(
				row.name, row.unit, format_datetime(row.report_due)
			),
			"Renovation Violation",
			row.name,
		)
		frappe.db.set_value(  # lint: allow query-in-loop: one write per alert
			"Renovation Violation", row.name, "alert_level", level, update_modified=False
		)
		told += 1
	return told


def _staff(role: str, project: str, cache: dict) -> list[str]:
	if (role, project) not in cache:
		cache[role, project] = staff_with_role(role, project)
	return cache[role, project]


def tell_of_expired_permits() -> int:
	"""Daily: tell supervisors of works whose permit is over, once per end date. Returns the number of permits."""
	rows = frappe.get_all(
		"Renovation Permit",
		filters={
			"status": ["in", permits.RUNNING],
			"end_date": ["<", today()],
			"overdue_told_on": ["is", "not set"],
		},
		fields=["name", "project", "unit", "end_date"],
	)
	staff: dict[tuple[str, str], list[str]] = {}
	for row in rows:
		alert(
			_staff("CS Supervisor", row.project, staff),
			lambda row=row: _("The permit of {0} expired on {1}. Check the completion, or extend it.").format(
				row.unit, format_date(row.end_date)
			),
			"Renovation Permit",
			row.name,
		)
		frappe.db.set_value(  # lint: allow query-in-loop: one write per alert
			"Renovation Permit", row.name, "overdue_told_on", today(), update_modified=False
		)
	return len(rows)


def forget_workers() -> int:
	"""Daily: erase phone, photo and last digits of workers after the retention period (L22). Returns the permits."""
	days = settings.number("retention_days")
	if not days:
		return 0
	names = frappe.get_all(
		"Renovation Permit",
		filters={"status": "Closed", "closed_on": ["<", add_days(getdate(today()), -days)]},
		pluck="name",
	)
	held = frappe.get_all(
		"Renovation Worker",
		filters={"parent": ["in", names or [""]], "parenttype": "Renovation Permit"},
		or_filters={"phone": ["is", "set"], "photo": ["is", "set"], "id_last4": ["is", "set"]},
		fields=["name", "parent", "photo"],
	)
	photos = [row.photo for row in held if row.photo]
	for file in frappe.get_all("File", filters={"file_url": ["in", photos]}, pluck="name") if photos else ():
		frappe.delete_doc("File", file, ignore_permissions=True)  # the system's own duty to forget
	worker = frappe.qb.DocType("Renovation Worker")
	(
		frappe.qb.update(worker)
		.set(worker.phone, None)
		.set(worker.photo, None)
		.set(worker.id_last4, None)
		.where(worker.name.isin([row.name for row in held] or [""]))
		.run()
	)
	return len({row.parent for row in held})
