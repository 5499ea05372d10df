"""Report Handover Defect Ageing: open defects, how long they are overdue, and who answers for them (D24, L12)."""

from __future__ import annotations

from collections import Counter

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import getdate

from kefu_property.handover import defects
from kefu_property.registry import scope
from kefu_property.rules import handover_rules as rules


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart, summary. Filters: `project`, `contractor`, `source`, `as_of` (default today)."""
	filters = frappe._dict(filters or {})
	rows = get_rows(filters)
	ages = Counter(row.age for row in rows)
	return columns(), rows, None, chart(ages), summary(rows)


def columns() -> list[dict]:
	def link(label: str, fieldname: str, options: str, width: int) -> dict:
		return {"label": label, "fieldname": fieldname, "fieldtype": "Link", "options": options, "width": width}

	def plain(label: str, fieldname: str, fieldtype: str = "Data", width: int = 110) -> dict:
		return {"label": label, "fieldname": fieldname, "fieldtype": fieldtype, "width": width}

	return [
		link(_("Handover Defect"), "name", "Handover Defect", 170),
		link(_("Property Unit"), "unit", "Property Unit", 130),
		plain(_("Room or Spot"), "room", width=130),
		plain(_("Kind of Defect"), "kind_text"),
		plain(_("Grade of the Defect"), "severity_text", width=90),
		plain(_("Responsible Party"), "contractor_name", width=150),
		plain(_("Found On"), "found_on", "Date"),
		plain(_("Repair By"), "due_date", "Date"),
		plain(_("Days Overdue"), "days_overdue", "Int", 90),
		plain(_("Overdue Group"), "age_text"),
		plain(_("Status"), "status_text"),
		plain(_("Failed Re-inspections"), "failed", "Int", 100),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	defect, contractor, recheck = (
		frappe.qb.DocType(name) for name in ("Handover Defect", "Handover Contractor", "Handover Defect Recheck")
	)
	failed = (
		frappe.qb.from_(recheck)
		.select(Count("*"))
		.where((recheck.parent == defect.name) & (recheck.outcome == "Failed"))
	)
	query = (
		frappe.qb.from_(defect)
		.left_join(contractor)
		.on(contractor.name == defect.contractor)
		.select(
			defect.name,
			defect.unit,
			defect.room,
			defect.defect_kind,
			defect.severity,
			defect.status,
			defect.found_on,
			defect.due_date,
			contractor.contractor_name,
			failed.as_("failed"),
		)
		.where(scope.condition(defect.project, filters.project) & defect.status.isin(defects.OPEN))
		.orderby(defect.due_date)
		.orderby(defect.name)
	)
	for fieldname in ("contractor", "source"):
		if filters.get(fieldname):
			query = query.where(defect[fieldname] == filters.get(fieldname))
	day = getdate(filters.as_of)
	rows = query.run(as_dict=True)
	for row in rows:
		row.age = rules.age(row.due_date, day)
		row.days_overdue = max((day - row.due_date).days, 0) or None
		row.age_text, row.status_text = _(row.age), _(row.status)
		row.kind_text, row.severity_text = _(row.defect_kind), _(row.severity)
	return rows


def chart(ages: Counter) -> dict | None:
	if not ages:
		return None
	names = [name for name, _days in rules.AGES]
	return {
		"type": "bar",
		"data": {
			"labels": [_(name) for name in names],
			"datasets": [{"name": _("Open Defects"), "values": [ages[name] for name in names]}],
		},
		"colors": ["#b7791f"],
	}


def summary(rows: list[dict]) -> list[dict]:
	late = [row for row in rows if row.days_overdue]
	return [
		{"label": _("Open Defects"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Overdue"), "value": len(late), "datatype": "Int", "indicator": "Red" if late else "Green"},
		{
			"label": _("Longest Overdue in Days"),
			"value": max((row.days_overdue for row in late), default=0),
			"datatype": "Int",
		},
	]
