"""Scheduled work of the community desk."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.community import settings
from kefu_property.rules import community_rules as rules
from kefu_property.suite.notify import alert, staff_with_role


def open_disclosures(day: date | None = None) -> list[str]:
	"""Daily: write the draft of the disclosure of the last period for each project in service that has none. Returns their names."""
	label, _start, end = rules.last_period(getdate(day or today()), settings.text("disclosure_period") or "Quarter")
	done = set(
		frappe.get_all("Community Disclosure", filters={"period": label, "docstatus": ["<", 2]}, pluck="project")
	)
	projects = frappe.get_all(
		"Property Project", filters={"status": "In Service", "creation": ["<=", f"{end} 23:59:59"]}, pluck="name"
	)
	return [
		frappe.get_doc(  # lint: allow query-in-loop: a new document for each project
			{"doctype": "Community Disclosure", "project": project, "period": label}
		)
		.insert(ignore_permissions=True)  # the system opens the period
		.name
		for project in projects
		if project not in done
	]


def tell_of_overdue() -> int:
	"""Daily: tell of disclosures and answers to objections that are late, once each (L5). Returns their number."""
	late = [
		(
			"Community Disclosure",
			{"docstatus": 0},
			"period",
			lambda title: _("Disclosure {0} is overdue.").format(title),
		),
		(
			"Disclosure Objection",
			{"status": "Waiting for Answer"},
			"section",
			lambda title: _("The answer to the objection about {0} is overdue.").format(title),
		),
	]
	told = 0
	staff: dict[tuple[str, str], list[str]] = {}
	for doctype, filters, title, text in late:
		rows = frappe.get_all(  # lint: allow query-in-loop: two kinds
			doctype,
			filters={**filters, "due_on": ["<", today()], "overdue_told": 0},
			fields=["name", "project", f"{title} as title"],
		)
		for row in rows:
			users = [user for role in ("CS Supervisor", "Office Director") for user in _staff(role, row.project, staff)]
			alert(users, lambda row=row, text=text: text(row.title), doctype, row.name)
			frappe.db.set_value(  # lint: allow query-in-loop: one write per alert
				doctype, row.name, "overdue_told", 1, update_modified=False
			)
		told += len(rows)
	return told


def _staff(role: str, project: str, cache: dict) -> list[str]:
	if (role, project) not in cache:
		cache[role, project] = staff_with_role(role, project)
	return cache[role, project]
