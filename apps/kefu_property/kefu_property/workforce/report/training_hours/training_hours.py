"""Report Training Hours: hours, sessions and passed tests by person, or by post."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.workforce import scope, training


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, chart, summary. Filters: `project`, `department`, `from_date`, `to_date` (default this year), `by` (`Person`, `Post`)."""
	filters = frappe._dict(filters or {})
	year = getdate(today()).year
	rows = training.hours_by_staff(
		scope.projects(filters),
		getdate(filters.from_date or f"{year}-01-01"),
		getdate(filters.to_date or f"{year}-12-31"),
		filters.department,
	)
	people, hours = len(rows), sum(row.hours for row in rows)
	summary = [
		{"label": _("Headcount"), "value": people, "datatype": "Int", "indicator": "Blue"},
		{"label": _("Hours"), "value": hours, "datatype": "Float", "indicator": "Green"},
		{"label": _("Hours per Person"), "value": round(hours / people, 1) if people else 0, "datatype": "Float"},
		{
			"label": _("Without Training"),
			"value": sum(1 for row in rows if not row.hours),
			"datatype": "Int",
			"indicator": "Orange",
		},
	]
	if filters.by == "Post":
		rows = by_post(rows)
	return columns(filters.by), rows, None, chart(rows, filters.by), summary


def columns(by: str | None) -> list[dict]:
	who = [
		{
			"label": _("Staff Member"),
			"fieldname": "staff",
			"fieldtype": "Link",
			"options": "Staff Member",
			"width": 120,
		},
		{"label": _("Name"), "fieldname": "staff_name", "fieldtype": "Data", "width": 120},
		{
			"label": _("Department"),
			"fieldname": "department",
			"fieldtype": "Link",
			"options": "Staff Department",
			"width": 150,
		},
	]
	return [
		*([] if by == "Post" else who),
		{"label": _("Job Post"), "fieldname": "post", "fieldtype": "Link", "options": "Staff Post", "width": 150},
		*([{"label": _("Headcount"), "fieldname": "people", "fieldtype": "Int", "width": 90}] if by == "Post" else []),
		{"label": _("Hours"), "fieldname": "hours", "fieldtype": "Float", "precision": 1, "width": 90},
		{"label": _("Hours per Person"), "fieldname": "average", "fieldtype": "Float", "precision": 1, "width": 120}
		if by == "Post"
		else {"label": _("Sessions Attended"), "fieldname": "sessions", "fieldtype": "Int", "width": 90},
		{"label": _("Tests Passed"), "fieldname": "passed", "fieldtype": "Int", "width": 110},
	]


def by_post(rows: list[dict]) -> list[dict]:
	posts: dict[str, frappe._dict] = {}
	for row in rows:
		entry = posts.setdefault(row.post or "", frappe._dict(post=row.post, people=0, hours=0, passed=0))
		entry.people += 1
		entry.hours += row.hours
		entry.passed += row.passed
	for entry in posts.values():
		entry.average = entry.hours / entry.people
	return sorted(posts.values(), key=lambda entry: -entry.average)


def chart(rows: list[dict], by: str | None) -> dict | None:
	top = sorted((row for row in rows if row.hours), key=lambda row: -row.hours)[:12]
	if not top:
		return None
	labels = [(row.post or _("Without Post")) if by == "Post" else row.staff_name for row in top]
	return {
		"data": {"labels": labels, "datasets": [{"name": _("Hours"), "values": [row.hours for row in top]}]},
		"type": "bar",
	}
