"""Controlled Document List: the valid version of each paper, who keeps it up, who has read it (D18)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import get_fullname, getdate, today

from kefu_property.quality import reporting


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, rows, no message, no chart, summary. Filters: `project`, `level`, `area`, `all` (those without a valid version, too)."""
	filters = frappe._dict(filters or {})
	reporting.need("Controlled Document")
	rows = get_rows(filters)
	return columns(), rows, None, None, summary(rows)


def columns() -> list[dict]:
	column = reporting.column
	return [
		column("document_code", _("Document Code"), width=120),
		column("name", _("Title"), "Link", 230, "Controlled Document"),
		column("level_text", _("Level"), width=110),
		column("current_version_no", _("Valid Version No."), width=110),
		column("effective_on", _("In Force Since"), "Date", 110),
		column("area_name", _("Department or Area"), width=130),
		column("keeper_name", _("Kept Up by"), width=120),
		column("sent", _("Readers"), "Int", 90),
		column("unread", _("Not Read Yet"), "Int", 110),
		column("review_on", _("Next Review"), "Date", 110),
		column("status_text", _("Status"), width=110),
		column("project", _("Project"), "Link", 110, "Property Project"),
	]


def get_rows(filters: frappe._dict) -> list[frappe._dict]:
	conditions = {"project": ["in", reporting.projects(filters)]}
	if not filters.all:
		conditions["status"] = "In Force"
	for fieldname in ("level", "area"):
		if filters.get(fieldname):
			conditions[fieldname] = filters[fieldname]
	rows = frappe.get_all(
		"Controlled Document",
		filters=conditions,
		fields=[
			"name",
			"document_code",
			"level",
			"status",
			"current_version",
			"current_version_no",
			"effective_on",
			"area",
			"keeper",
			"review_on",
			"project",
		],
		order_by="project, document_code",
	)
	readers = read_counts([row.current_version for row in rows if row.current_version])
	areas = reporting.area_names([row.area for row in rows if row.area])
	for row in rows:
		row.sent, row.unread = readers.get(row.current_version, (0, 0))
		row.level_text, row.status_text, row.area_name = _(row.level), _(row.status), areas.get(row.area)
		row.keeper_name = get_fullname(row.keeper) if row.keeper else ""
		row.review_due = bool(row.review_on and row.review_on < getdate(today()))
	return rows


def read_counts(versions: list[str]) -> dict[str, tuple[int, int]]:
	line = frappe.qb.DocType("Document Distribution")
	rows = (
		frappe.qb.from_(line)
		.select(line.parent, Count(line.name), Count(line.confirmed_on))
		.where((line.parenttype == "Controlled Document Version") & line.parent.isin(versions or [""]))
		.groupby(line.parent)
		.run()
	)
	return {parent: (sent, sent - read) for parent, sent, read in rows}


def summary(rows: list[dict]) -> list[dict]:
	due = sum(1 for row in rows if row.review_due)
	unread = sum(row.unread for row in rows)
	return [
		{"label": _("Documents"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Review Due"), "value": due, "datatype": "Int", "indicator": "Orange" if due else "Green"},
		{"label": _("Not Read Yet"), "value": unread, "datatype": "Int", "indicator": "Orange" if unread else "Green"},
	]
