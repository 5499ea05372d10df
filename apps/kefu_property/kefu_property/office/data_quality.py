"""Shifts not closed, goals without a report, answers that are late, on the data-quality board (D8)."""

from __future__ import annotations

from frappe import _
from frappe.utils import add_days, now_datetime, today

from kefu_property.office import goals
from kefu_property.suite.data_quality import found


def checks(projects: list[str]) -> list[dict]:
	"""Extension point `data_quality`: handovers not done, goals nobody reported on, summaries and answers that are late."""
	sheets = [["docstatus", "=", 0], ["due_on", "is", "set"], ["due_on", "<", now_datetime()]]
	silent = {
		"workflow_state": goals.IN_FORCE,
		"source": "By Hand",
		"measured_on": ["is", "not set"],
		"starts_on": ["<", add_days(today(), -7)],
		"ends_on": [">=", add_days(today(), -31)],
	}
	summaries = {"workflow_state": "Draft", "ends_on": ["<", today()]}
	requests = {"workflow_state": "Sent", "due_on": ["<", today()]}
	return [
		{
			"key": "shifts",
			"label": _("Shifts not closed"),
			"rows": found("Shift Handover", projects, sheets, user="on_duty", title="post", since="due_on"),
		},
		{
			"key": "goals",
			"label": _("Goals without a report"),
			"rows": found("Work Goal", projects, silent, user="responsible", title="title", since="starts_on"),
		},
		{
			"key": "summaries",
			"label": _("Summaries not handed in"),
			"rows": found("Work Summary", projects, summaries, user="staff", title="staff_name", since="ends_on"),
		},
		{
			"key": "requests",
			"label": _("Requests without an answer"),
			"rows": found("Cooperation Request", projects, requests, user="to_staff", title="subject", since="due_on"),
		},
	]
