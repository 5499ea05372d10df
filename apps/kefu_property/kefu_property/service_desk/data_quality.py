"""Cases without what they need on the data-quality board (D8, D3)."""

from __future__ import annotations

from frappe import _
from frappe.utils import add_to_date, now_datetime

from kefu_property.service_desk.case import OPEN
from kefu_property.service_desk.departments import CASES
from kefu_property.suite.data_quality import found, late


def checks(projects: list[str]) -> list[dict]:
	"""Extension point `data_quality`: cases that nobody has, deadlines passed, no cause noted, entered late."""
	unassigned = {
		"status": ["in", OPEN],
		"assigned_to": ["is", "not set"],
		"received_on": ["<", add_to_date(now_datetime(), hours=-2)],
	}
	overdue = {"status": ["in", OPEN], "deadline_state": "Overdue"}
	no_cause = {"status": ["in", ["Resolved", "Verified"]], "cause": ["is", "not set"]}

	def rows(filters: dict, user: str = "assigned_to") -> list[dict]:
		# lint: allow query-in-loop: one query for each of the three kinds
		return [
			row
			for kind in CASES
			for row in found(kind, projects, filters, user=user, title="subject", since="received_on")
		]

	return [
		{"key": "unassigned", "label": _("Cases without anybody assigned"), "rows": rows(unassigned, "owner")},
		{"key": "overdue", "label": _("Cases beyond their deadline"), "rows": rows(overdue)},
		{
			"key": "cause",
			"label": _("Complaints resolved without a cause"),
			"rows": found("Complaint", projects, no_cause, user="assigned_to", title="subject", since="received_on"),
		},
		{
			"key": "late_cases",
			"label": _("Cases entered more than a day late"),
			"rows": [row for kind in CASES for row in late(kind, projects, "received_on", title="subject")],
		},
	]
