"""Staff on the director's operations board (S6)."""

from __future__ import annotations

from collections import Counter

import frappe
from frappe import _

WORKING = ("Probation", "Active")


def board(projects: list[str], day) -> list[dict]:
	"""Extension point `operations_board`: staff in service, present and on leave today."""
	inside = {"project": ["in", projects]}
	staff = frappe.get_all("Staff Member", filters={**inside, "status": ["in", WORKING]}, pluck="project", limit=0)
	present = {
		(row.project, row.staff)
		for row in frappe.get_all(
			"Duty Punch", filters={**inside, "duty_date": day, "kind": "In"}, fields=["project", "staff"], limit=0
		)
	}
	leave = frappe.get_all(
		"Leave Request",
		filters={**inside, "docstatus": 1, "from_date": ["<=", day], "to_date": [">=", day]},
		pluck="project",
		limit=0,
	)

	def figure(key: str, label: str, rows, doctype: str) -> dict:
		counts = Counter(rows)
		values = {name: counts[name] for name in projects}
		return {
			"key": key,
			"label": label,
			"unit": "",
			"values": values,
			"total": sum(values.values()),
			"list": doctype,
		}

	return [
		{
			"key": "staff",
			"title": _("Staff in Service"),
			"order": 45,
			"figures": [
				figure("staff", _("Staff"), staff, "Staff Member"),
				figure("present", _("Present Today"), (project for project, _staff in present), "Duty Punch"),
				figure("on_leave", _("On Leave Today"), leave, "Leave Request"),
			],
		}
	]
