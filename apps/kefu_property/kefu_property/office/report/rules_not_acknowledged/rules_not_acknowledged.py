"""Report Rules Not Acknowledged: who has not acknowledged which rule in force (D13)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import date_diff, today

from kefu_property.office.paper_reports import column, own_projects


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows, no message, chart by rule. Filters: `project`, `user`."""
	filters = frappe._dict(filters or {})
	table, user = frappe.qb.DocType("Rule Acknowledgement"), frappe.qb.DocType("User")
	query = (
		frappe.qb.from_(table)
		.left_join(user)
		.on(user.name == table.user)
		.select(user.full_name.as_("staff"), table.rule_title, table.rule_version, table.due_on)
		.select(table.attempts, table.reminders, table.project)
		.where(table.status == "To Be Acknowledged")
		.orderby(table.due_on)
		.orderby(table.name)
	)
	if filters.user:
		query = query.where(table.user == filters.user)
	rows = own_projects(query, table.project, filters.project).run(as_dict=True)
	for row in rows:
		row.days_late = max(0, date_diff(today(), row.due_on))
	return columns(), rows, None, chart(rows)


def columns() -> list[dict]:
	return [
		column(_("Staff"), "staff", 120),
		column(_("Rule Title"), "rule_title", 260),
		column(_("Rule Version"), "rule_version", 140, "Link", "Rule Version"),
		column(_("Due On"), "due_on", 105, "Date"),
		column(_("Days Late"), "days_late", 90, "Int"),
		column(_("Attempts at the Quiz"), "attempts", 110, "Int"),
		column(_("Reminders"), "reminders", 90, "Int"),
		column(_("Project"), "project", 110, "Link", "Property Project"),
	]


def chart(rows: list[dict]) -> dict | None:
	titles = list(dict.fromkeys(row.rule_title for row in rows))
	if not titles:
		return None
	values = [sum(1 for row in rows if row.rule_title == title) for title in titles]
	return {
		"data": {"labels": titles, "datasets": [{"name": _("Not Acknowledged"), "values": values}]},
		"type": "bar",
	}
