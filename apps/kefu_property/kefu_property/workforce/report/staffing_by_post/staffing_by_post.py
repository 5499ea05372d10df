"""Report Staffing by Post: places and people of each post and project, who is short and who is over."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.workforce import people, scope


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, chart, summary. Filter: `project`."""
	rows = get_rows(frappe._dict(filters or {}))
	summary = [
		{
			"label": _("Posts Approved"),
			"value": sum(row.places for row in rows),
			"datatype": "Int",
			"indicator": "Blue",
		},
		{"label": _("Headcount"), "value": sum(row.people for row in rows), "datatype": "Int", "indicator": "Green"},
		{
			"label": _("Places Vacant"),
			"value": sum(row.vacant for row in rows),
			"datatype": "Int",
			"indicator": "Orange",
		},
	]
	return columns(), rows, None, chart(rows), summary


def columns() -> list[dict]:
	return [
		{
			"label": _("Project"),
			"fieldname": "project",
			"fieldtype": "Link",
			"options": "Property Project",
			"width": 120,
		},
		{"label": _("Job Post"), "fieldname": "post", "fieldtype": "Link", "options": "Staff Post", "width": 180},
		{"label": _("Posts Approved"), "fieldname": "places", "fieldtype": "Int", "width": 90},
		{"label": _("Headcount"), "fieldname": "people", "fieldtype": "Int", "width": 90},
		{"label": _("On Probation"), "fieldname": "probation", "fieldtype": "Int", "width": 110},
		{"label": _("Places Vacant"), "fieldname": "vacant", "fieldtype": "Int", "width": 90},
		{"label": _("Over"), "fieldname": "over", "fieldtype": "Int", "width": 90},
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	allowed = scope.projects(filters)
	where = {} if allowed is None else {"project": ["in", allowed or [""]]}
	found: dict[tuple[str, str], frappe._dict] = {}

	def row(project: str, post: str | None) -> frappe._dict:
		key = (project, post or "")
		return found.setdefault(
			key, frappe._dict(project=project, post=post, places=0, people=0, probation=0, vacant=0, over=0)
		)

	for place in frappe.get_all(
		"Staff Post Places", filters={"parenttype": "Staff Post", **where}, fields=["parent", "project", "places"]
	):
		row(place.project, place.parent).places += place.places
	for file in frappe.get_all(
		"Staff Member", filters={"status": ["in", people.IN_SERVICE], **where}, fields=["project", "post", "status"]
	):
		entry = row(file.project, file.post)
		entry.people += 1
		entry.probation += file.status == people.PROBATION
	for entry in found.values():
		entry.vacant, entry.over = max(0, entry.places - entry.people), max(0, entry.people - entry.places)
	return [found[key] for key in sorted(found)]


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	return {
		"data": {
			"labels": [row.post or _("Without Post") for row in rows],
			"datasets": [
				{"name": _("Posts Approved"), "values": [row.places for row in rows]},
				{"name": _("Headcount"), "values": [row.people for row in rows]},
			],
		},
		"type": "bar",
	}
