"""Report Hotline Statistics: calls by hour, day or agent, answered share, waiting, first-call resolution (D7)."""

from __future__ import annotations

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import add_days, getdate, today

from kefu_property.rules import hotline as rules
from kefu_property.suite import row_rules


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart, summary. Filters: `project`, `from_date`, `to_date`, `group_by` (Hour, Day, Agent).

	Incoming calls are counted; those of three more days tell whether a caller rang again.
	"""
	filters = frappe._dict(filters or {})
	filters.from_date = getdate(filters.from_date or add_days(today(), -30))
	filters.to_date = getdate(filters.to_date or today())
	calls = get_calls(filters)
	solved = rules.solved_at_first_contact(calls)
	calls = [call for call in calls if call.started_on.date() <= filters.to_date]
	groups: dict = {}
	for call in calls:
		groups.setdefault(key_of(call, filters.group_by), []).append(call)
	rows = [{"group": label(key, filters.group_by), **rules.figures(groups[key], solved)} for key in sorted(groups)]
	return columns(filters.group_by), rows, None, chart(rows), summary(rules.figures(calls, solved), calls)


def get_calls(filters: frappe._dict) -> list[dict]:
	table = frappe.qb.DocType("Call Record")
	query = (
		frappe.qb.from_(table)
		.select(
			table.name,
			table.phone,
			table.started_on,
			table.status,
			table.agent,
			table.solved_in_call,
			table.wait_seconds,
			table.talk_seconds,
			table.callback_state,
		)
		.where(table.direction == "Incoming")
		.where(table.started_on >= filters.from_date)
		.where(table.started_on < filters.to_date + timedelta(days=1) + rules.AGAIN_WITHIN)
	)
	# a report runs its own query: it applies the same project rule as the list
	if not row_rules.sees_all_projects(frappe.session.user):
		query = query.where(table.project.isin(row_rules.projects_of(frappe.session.user) or [""]))
	if filters.project:
		query = query.where(table.project == filters.project)
	return query.run(as_dict=True)


def key_of(call: dict, group_by: str | None):
	if group_by == "Agent":
		return call.agent or ""
	return call.started_on.date() if group_by == "Day" else call.started_on.hour


def label(key, group_by: str | None) -> str:
	if group_by == "Agent":
		return frappe.utils.get_fullname(key) if key else _("Nobody")
	return frappe.utils.format_date(key) if group_by == "Day" else f"{key:02d}:00–{key:02d}:59"


def columns(group_by: str | None) -> list[dict]:
	first = {"Agent": _("Agent"), "Day": _("Day")}.get(group_by or "", _("Hour"))
	return [
		{"label": first, "fieldname": "group", "fieldtype": "Data", "width": 150},
		{"label": _("Calls"), "fieldname": "calls", "fieldtype": "Int", "width": 90},
		{"label": _("Answered"), "fieldname": "answered", "fieldtype": "Int", "width": 90},
		{"label": _("Unanswered"), "fieldname": "missed", "fieldtype": "Int", "width": 90},
		{"label": _("Answered Share"), "fieldname": "answered_share", "fieldtype": "Percent", "width": 120},
		{"label": _("Waited (seconds)"), "fieldname": "wait", "fieldtype": "Int", "width": 120},
		{"label": _("Talked (seconds)"), "fieldname": "talk", "fieldtype": "Int", "width": 120},
		{"label": _("Solved in the First Call"), "fieldname": "first_share", "fieldtype": "Percent", "width": 150},
	]


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	datasets = [
		{"name": _("Answered"), "values": [row["answered"] for row in rows]},
		{"name": _("Unanswered"), "values": [row["missed"] for row in rows]},
	]
	return {
		"data": {"labels": [row["group"] for row in rows], "datasets": datasets},
		"type": "bar",
		"barOptions": {"stacked": 1},
		"colors": ["#28a745", "#dc3545"],
	}


def summary(total: dict, calls: list[dict]) -> list[dict]:
	due = sum(1 for call in calls if call.callback_state == "Due")
	return [
		{"label": _("Calls"), "value": total["calls"], "datatype": "Int", "indicator": "Blue"},
		{"label": _("Answered Share"), "value": total["answered_share"], "datatype": "Percent", "indicator": "Green"},
		{"label": _("Solved in the First Call"), "value": total["first_share"], "datatype": "Percent"},
		{"label": _("Call Back Due"), "value": due, "datatype": "Int", "indicator": "Red" if due else "Green"},
	]
