"""What the service desk hands over at a change of shift (D11)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_datetime

from kefu_property.service_desk.case import OPEN
from kefu_property.service_desk.departments import CASES

#: cases of one kind that are listed singly, the most urgent first; the rest is counted
LIMIT = 15
URGENCY = ("Overdue", "Due Soon")


def lines(context) -> list[dict]:
	"""Extension point `shift_handover_lines`: open cases, those with a deadline first, and incidents under way."""
	return [
		{"key": "cases", "title": _("Open Cases"), "rows": _cases(context.project) if context else []},
		{"key": "incidents", "title": _("Incidents"), "rows": _incidents(context.project) if context else []},
	]


def _cases(project: str) -> list[dict]:
	rows = []
	for kind in CASES:
		filters = {"project": project, "status": ["in", OPEN]}
		# lint: allow query-in-loop: one query for each of the three kinds
		found = frappe.get_all(
			kind,
			filters=filters,
			fields=["name", "subject", "status", "severity", "deadline_state", "next_due", "unit", "assigned_to"],
			order_by="next_due is null, next_due, received_on",
			limit=LIMIT + 1,
		)
		rows += [_line(kind, row) for row in found[:LIMIT]]
		if len(found) > LIMIT:
			count = frappe.db.count(kind, filters)  # lint: allow query-in-loop: as above
			rows.append({"subject": _("{0} more of the kind {1}").format(count - LIMIT, _(kind)), "tone": "green"})
	return sorted(rows, key=lambda row: row["tone"] != "red")


def _line(kind: str, row: dict) -> dict:
	urgent = row.severity == "Urgent" or row.deadline_state in URGENCY
	details = [
		_(row.status),
		frappe.utils.get_fullname(row.assigned_to) if row.assigned_to else _("nobody assigned"),
		_("due {0}").format(format_datetime(row.next_due)) if row.next_due else "",
	]
	return {
		"subject": f"{_(kind)} {row.subject or row.name}"[:140],
		"details": " · ".join(part for part in details if part),
		"tone": "red" if urgent else "blue",
		"reference_doctype": kind,
		"reference_name": row.name,
	}


def _incidents(project: str) -> list[dict]:
	return [
		{
			"subject": row.title,
			"details": _("since {0}, expected until {1}").format(
				format_datetime(row.started_on), format_datetime(row.expected_until) if row.expected_until else "–"
			),
			"tone": "red",
			"reference_doctype": "Service Incident",
			"reference_name": row.name,
		}
		for row in frappe.get_all(
			"Service Incident",
			filters={"project": project, "status": "Open"},
			fields=["name", "title", "started_on", "expected_until"],
			order_by="started_on",
		)
	]
