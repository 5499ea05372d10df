"""Corrective Action Ageing: open nonconformities by age, with what is waited for and from whom (D18)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import date_diff, get_fullname, today

from kefu_property.quality import corrective, reporting
from kefu_property.rules import quality_rules


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart by age, summary. Filters: `project`, `area`, `overdue_only`."""
	filters = frappe._dict(filters or {})
	reporting.need("Nonconformity Report")
	rows = get_rows(filters)
	shown = [row for row in rows if row.days_overdue] if filters.overdue_only else rows
	return columns(), shown, None, chart(rows), summary(rows)


def columns() -> list[dict]:
	column = reporting.column
	return [
		column("name", _("Nonconformity"), "Link", 170, "Nonconformity Report"),
		column("summary", _("Summary"), width=230),
		column("severity_text", _("Grade of the Nonconformity"), width=90),
		column("area_name", _("Department or Area"), width=130),
		column("status_text", _("Status"), width=110),
		column("waited_for", _("Waits For"), width=150),
		column("next_due", _("Next Due"), "Date", 110),
		column("days_overdue", _("Days Overdue"), "Int", 110),
		column("age", _("Days Open"), "Int", 100),
		column("band", _("Age Band"), width=90),
		column("reopen_count", _("Times Reopened"), "Int", 110),
		column("project", _("Project"), "Link", 110, "Property Project"),
	]


def get_rows(filters: frappe._dict) -> list[frappe._dict]:
	conditions = {"project": ["in", reporting.projects(filters)], "status": ["in", corrective.OPEN]}
	if filters.area:
		conditions["area"] = filters.area
	rows = frappe.get_all(
		"Nonconformity Report",
		filters=conditions,
		fields=[
			"name",
			"summary",
			"severity",
			"area",
			"status",
			"next_due",
			"found_on",
			"reopen_count",
			"project",
			"responsible",
			"found_by",
			"round",
		],
		order_by="found_on",
	)
	waiting = open_actions([row.name for row in rows])
	areas = reporting.area_names([row.area for row in rows if row.area])
	for row in rows:
		row.age = date_diff(today(), row.found_on)
		row.band = quality_rules.age_band(row.age)
		late = date_diff(today(), row.next_due) if row.next_due else 0
		row.days_overdue = late if late > 0 else None
		row.status_text, row.severity_text, row.area_name = _(row.status), _(row.severity), areas.get(row.area)
		people = {
			corrective.PLAN_DUE: [row.responsible],
			corrective.IN_ACTION: waiting.get((row.name, row.round)) or [row.responsible],
		}.get(row.status, [row.found_by])
		row.waited_for = _(", ").join(get_fullname(user) for user in dict.fromkeys(people) if user)
	return rows


def open_actions(names: list[str]) -> dict[tuple[str, int], list[str]]:
	found: dict[tuple[str, int], list[str]] = {}
	for row in frappe.get_all(
		"Corrective Action Line",
		filters={"parent": ["in", names or [""]], "done_on": ["is", "not set"]},
		fields=["parent", "round", "responsible"],
		order_by="due_on",
	):
		found.setdefault((row.parent, row.round), []).append(row.responsible)
	return found


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	values = [sum(1 for row in rows if row.band == band) for band in quality_rules.AGE_BANDS]
	return {
		"data": {
			"labels": list(quality_rules.AGE_BANDS),
			"datasets": [{"name": _("Nonconformities"), "values": values}],
		},
		"type": "bar",
		"colors": ["#0d6b62"],
	}


def summary(rows: list[dict]) -> list[dict]:
	overdue = sum(1 for row in rows if row.days_overdue)
	oldest = max((row.age for row in rows), default=0)
	return [
		{"label": _("Open"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Overdue"), "value": overdue, "datatype": "Int", "indicator": "Red" if overdue else "Green"},
		{"label": _("Oldest (Days)"), "value": oldest, "datatype": "Int", "indicator": "Orange"},
	]
