"""Who saw how many full numbers of which kind, and for what purpose (L22)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Max, Sum
from frappe.utils import add_days, getdate

from kefu_property.registry import scope


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	rows = accesses(filters.from_date, filters.to_date, filters.get("project"), filters.get("user"))
	return columns(), rows, None, chart(rows)


def accesses(from_date, to_date, project: str | None = None, user: str | None = None) -> list[dict]:
	log = frappe.qb.DocType("Personal Data Access Log")
	query = (
		frappe.qb.from_(log)
		.select(
			log.user,
			log.field,
			log.purpose,
			log.project,
			Count("*").as_("accesses"),
			Count(log.resident).distinct().as_("residents"),
			Sum(log.row_count).as_("row_count"),
			Max(log.accessed_on).as_("last"),
		)
		.where(
			(log.accessed_on >= getdate(from_date))
			& (log.accessed_on < add_days(getdate(to_date), 1))
			& scope.condition(log.project, project)
		)
		.groupby(log.user, log.field, log.purpose, log.project)
		.orderby(Count("*"), order=frappe.qb.desc)
	)
	if user:
		query = query.where(log.user == user)
	rows = query.run(as_dict=True)
	for row in rows:
		row.field, row.purpose = _(row.field), _(row.purpose)
	return rows


def columns() -> list[dict]:
	return [
		{"fieldname": "user", "label": _("User"), "fieldtype": "Data", "width": 220},
		{"fieldname": "field", "label": _("What"), "fieldtype": "Data", "width": 140},
		{"fieldname": "purpose", "label": _("Purpose"), "fieldtype": "Data", "width": 200},
		{
			"fieldname": "project",
			"label": _("Project"),
			"fieldtype": "Link",
			"options": "Property Project",
			"width": 110,
		},
		{"fieldname": "accesses", "label": _("Accesses"), "fieldtype": "Int", "width": 100},
		{"fieldname": "residents", "label": _("Different Residents"), "fieldtype": "Int", "width": 140},
		{"fieldname": "row_count", "label": _("Rows"), "fieldtype": "Int", "width": 90},
		{"fieldname": "last", "label": _("Last Access"), "fieldtype": "Datetime", "width": 170},
	]


def chart(rows: list[dict]) -> dict | None:
	totals: dict[str, int] = {}
	for row in rows:
		totals[row.user] = totals.get(row.user, 0) + row.accesses
	if not totals:
		return None
	return {
		"type": "bar",
		"colors": ["#0f6e78"],
		"data": {"labels": list(totals), "datasets": [{"name": _("Accesses"), "values": list(totals.values())}]},
	}
