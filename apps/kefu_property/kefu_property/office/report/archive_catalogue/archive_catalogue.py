"""Report Archive Catalogue: what the archive holds, by class, place and retention (D9, L24)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.office.paper_reports import column, own_projects


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, rows, no message, no chart, summary. Filters: `project`, `archive_class` (with those below), `status`, `ended`."""
	filters = frappe._dict(filters or {})
	rows = get_rows(filters)
	return columns(), rows, None, None, summary(rows)


def columns() -> list[dict]:
	return [
		column(_("Archive Class"), "class_title", 190),
		column(_("File Title"), "file_title", 260),
		column(_("Date of the Paper"), "file_date", 105, "Date"),
		column(_("Status"), "status_label", 90),
		column(_("Kept As"), "medium_label", 110),
		column(_("Number of Pages"), "pages", 70, "Int"),
		column(_("Box"), "box", 130, "Link", "Archive Box"),
		column(_("Keep Until"), "kept", 110),
		column(_("Author or Sender"), "responsible", 110),
		column(_("Archive File"), "name", 210, "Link", "Archive File"),
		column(_("Project"), "project", 110, "Link", "Property Project"),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	file, group = frappe.qb.DocType("Archive File"), frappe.qb.DocType("Archive Class")
	query = (
		frappe.qb.from_(file)
		.join(group)
		.on(group.name == file.archive_class)
		.select(file.name, file.project, file.archive_class, group.class_name, file.file_title, file.file_date)
		.select(file.status, file.medium, file.pages, file.box, file.retention_until, file.responsible)
		.orderby(file.archive_class)
		.orderby(file.file_date)
		.orderby(file.name)
	)
	if filters.archive_class:
		lft, rgt = frappe.db.get_value("Archive Class", filters.archive_class, ["lft", "rgt"])
		query = query.where((group.lft >= lft) & (group.rgt <= rgt))
	if filters.status:
		query = query.where(file.status == filters.status)
	if filters.ended:
		query = query.where((file.retention_until < today()) & (file.status != "Destroyed"))
	rows = own_projects(query, file.project, filters.project).run(as_dict=True)
	now = getdate(today())
	for row in rows:
		row.class_title = f"{row.archive_class} {_(row.class_name)}"
		row.status_label, row.medium_label = _(row.status), _(row.medium)
		row.kept = frappe.utils.format_date(row.retention_until) if row.retention_until else _("For Ever")
		row.has_ended = bool(row.retention_until and row.retention_until < now and row.status != "Destroyed")
	return rows


def summary(rows: list[dict]) -> list[dict]:
	ended = sum(1 for row in rows if row.has_ended)
	lent = sum(1 for row in rows if row.status == "Lent")
	return [
		{"label": _("Archive Files"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Lent"), "value": lent, "datatype": "Int", "indicator": "Orange" if lent else "Green"},
		{
			"label": _("Retention Ended"),
			"value": ended,
			"datatype": "Int",
			"indicator": "Orange" if ended else "Green",
		},
	]
