"""Report Attendance Month: each person's days of a month with marks and sums, as it stands now."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import today

from kefu_property.workforce import months, people, rosters, scope


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns with a day each, a row per person, summary. Filters: `project`, `month` (default this month), `department`."""
	filters = frappe._dict(filters or {})
	filters.month = filters.month or today()[:7]
	days = rosters.month_days(filters.month)
	rows = get_rows(filters) if filters.project else []
	summary = [
		{"label": _("Headcount"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{
			"label": _("Times Late"),
			"value": sum(row["late_count"] for row in rows),
			"datatype": "Int",
			"indicator": "Orange",
		},
		{
			"label": _("Days Absent"),
			"value": sum(row["absent"] for row in rows),
			"datatype": "Float",
			"indicator": "Red",
		},
	]
	return columns(days), rows, None, None, summary


def columns(days: list) -> list[dict]:
	def number(label: str, fieldname: str, fieldtype: str = "Float") -> dict:
		return {"label": label, "fieldname": fieldname, "fieldtype": fieldtype, "precision": 1, "width": 90}

	return [
		{
			"label": _("Staff Member"),
			"fieldname": "staff",
			"fieldtype": "Link",
			"options": "Staff Member",
			"width": 110,
		},
		{"label": _("Name"), "fieldname": "staff_name", "fieldtype": "Data", "width": 100},
		number(_("Due Days"), "due"),
		number(_("Days Present"), "present"),
		number(_("Days of Leave"), "leave"),
		number(_("Days Absent"), "absent"),
		number(_("Times Late"), "late_count", "Int"),
		number(_("Minutes Late"), "late_minutes", "Int"),
		number(_("Times Early"), "early_count", "Int"),
		number(_("Missing Check-ins"), "missing", "Int"),
		number(_("Overtime Hours"), "overtime"),
		*({"label": str(day.day), "fieldname": f"day_{day.day}", "fieldtype": "Data", "width": 40} for day in days),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	if scope.projects(filters) == []:
		return []
	names = people.visible(frappe.session.user)
	rows = []
	for line in months.judge(filters.project, filters.month, filters.department or None, names):
		row = {
			"staff": line.staff.name,
			"staff_name": line.staff.staff_name,
			"late_count": line.late_count,
			"late_minutes": line.late_minutes,
			"early_count": line.early_count,
			"missing": line.missing,
		}
		row |= {key: float(getattr(line, key)) for key in ("due", "present", "leave", "absent", "overtime")}
		row |= {f"day_{number}": mark for number, mark in enumerate(line.marks, 1)}
		rows.append(row)
	return rows
