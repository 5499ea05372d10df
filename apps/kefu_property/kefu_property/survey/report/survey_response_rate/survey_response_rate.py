"""Report Survey Response Rate: by building, of one survey or of all published ones of a project."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import Case
from frappe.query_builder.functions import Count, Sum

from kefu_property.rules import survey_rules
from kefu_property.suite import row_rules
from kefu_property.survey.participation import ANSWERED


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows, no message, chart. Filters: `project`, `survey`."""
	filters = frappe._dict(filters or {})
	rows = get_rows(filters)
	return columns(), rows, None, chart(rows) if filters.survey else None


def columns() -> list[dict]:
	return [
		{
			"label": _("Project"),
			"fieldname": "project",
			"fieldtype": "Link",
			"options": "Property Project",
			"width": 120,
		},
		{
			"label": _("Survey"),
			"fieldname": "survey",
			"fieldtype": "Link",
			"options": "Satisfaction Survey",
			"width": 200,
		},
		{
			"label": _("Building"),
			"fieldname": "building",
			"fieldtype": "Link",
			"options": "Property Building",
			"width": 130,
		},
		{"label": _("Invited"), "fieldname": "invited", "fieldtype": "Int", "width": 90},
		{"label": _("Answers Received"), "fieldname": "answered", "fieldtype": "Int", "width": 90},
		{"label": _("Response Rate"), "fieldname": "rate", "fieldtype": "Percent", "width": 120},
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	table = frappe.qb.DocType("Survey Invitation")
	query = (
		frappe.qb.from_(table)
		.select(
			table.project,
			table.survey,
			table.building,
			Count("*").as_("invited"),
			Sum(Case().when(table.status == ANSWERED, 1).else_(0)).as_("answered"),
		)
		.groupby(table.project, table.survey, table.building)
		.orderby(table.project)
		.orderby(table.survey)
		.orderby(table.building)
	)
	# a report runs its own query: it applies the same project rule as the list
	if not row_rules.sees_all_projects(frappe.session.user):
		query = query.where(table.project.isin(row_rules.projects_of(frappe.session.user) or [""]))
	for field in ("project", "survey"):
		if filters.get(field):
			query = query.where(table[field] == filters[field])
	rows = query.run(as_dict=True)
	for row in rows:
		row.answered = int(row.answered)
		row.rate = survey_rules.rate(row.answered, row.invited)
	return rows


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	values = [row.rate for row in rows]
	return {
		"data": {
			"labels": [row.building for row in rows],
			"datasets": [{"name": _("Response Rate"), "values": values}],
		},
		"type": "bar",
	}
