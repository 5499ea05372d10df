"""Report Renovations and Violations: works of a period with patrols, violations and how long they stayed open (D25)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import add_days, getdate, now_datetime, today

from kefu_property.renovation import permits
from kefu_property.suite import row_rules


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart by kind of violation, summary.

	Filters: `project`, `status`, `from_date` and `to_date`: works that ran on a day between both (default: the last 90 days).
	"""
	filters = frappe._dict(filters or {})
	rows = get_rows(filters)
	violations = violations_of([row.name for row in rows])
	count(rows, violations)
	return columns(), rows, None, chart(violations), summary(rows, violations)


def columns() -> list[dict]:
	def link(label: str, fieldname: str, options: str, width: int) -> dict:
		return {"label": label, "fieldname": fieldname, "fieldtype": "Link", "options": options, "width": width}

	def plain(label: str, fieldname: str, fieldtype: str = "Data", width: int = 110) -> dict:
		return {"label": label, "fieldname": fieldname, "fieldtype": fieldtype, "width": width}

	return [
		link(_("Permit"), "name", "Renovation Permit", 170),
		link(_("Unit"), "unit", "Property Unit", 130),
		plain(_("Name"), "applicant_name"),
		plain(_("Building Contractor"), "contractor", width=170),
		plain(_("Status"), "status_text"),
		plain(_("Valid From"), "start_date", "Date"),
		plain(_("Valid Until"), "end_date", "Date"),
		plain(_("Days Overdue"), "days_overdue", "Int"),
		plain(_("Patrols"), "patrols", "Int", 90),
		plain(_("Last Patrol"), "last_patrol_on", "Datetime", 150),
		plain(_("Violations"), "violations", "Int", 90),
		plain(_("Open Violations"), "open_violations", "Int", 110),
		plain(_("Not Reported in Time"), "report_overdue", "Int", 130),
		link(_("Project"), "project", "Property Project", 110),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	permit = frappe.qb.DocType("Renovation Permit")
	start, end = getdate(filters.from_date or add_days(today(), -90)), getdate(filters.to_date or today())
	query = (
		frappe.qb.from_(permit)
		.select(
			permit.name,
			permit.project,
			permit.unit,
			permit.applicant_name,
			permit.contractor,
			permit.status,
			permit.start_date,
			permit.end_date,
			permit.last_patrol_on,
			permit.open_violations,
		)
		.where((permit.start_date <= end) & ((permit.end_date >= start) | permit.status.isin(permits.RUNNING)))
		.orderby(permit.end_date)
	)
	# a report runs its own query: it applies the same project rule as the list
	if not row_rules.sees_all_projects(frappe.session.user):
		query = query.where(permit.project.isin(row_rules.projects_of(frappe.session.user) or [""]))
	if filters.project:
		query = query.where(permit.project == filters.project)
	if filters.status:
		query = query.where(permit.status == filters.status)
	return query.run(as_dict=True)


def violations_of(names: list[str]) -> list[dict]:
	if not names:
		return []
	return frappe.get_all(
		"Renovation Violation",
		filters={"permit": ["in", names]},
		fields=["permit", "kind", "status", "report_due", "reported_on", "rectified_on"],
	)


def count(rows: list[dict], violations: list[dict]) -> None:
	patrol = frappe.qb.DocType("Renovation Patrol")
	patrols = dict(
		frappe.qb.from_(patrol)
		.select(patrol.permit, Count(patrol.name))
		.where(patrol.permit.isin([row.name for row in rows] or [""]))
		.groupby(patrol.permit)
		.run()
	)
	for row in rows:
		own = [violation for violation in violations if violation.permit == row.name]
		late = (getdate() - row.end_date).days if row.status in permits.RUNNING else 0
		row.update(
			{
				"patrols": patrols.get(row.name, 0),
				"violations": len(own),
				"report_overdue": sum(1 for violation in own if late_report(violation)),
				"days_overdue": late if late > 0 else None,
				"status_text": _(row.status),
			}
		)


def late_report(violation: dict) -> bool:
	"""Neither put right nor reported within the hours of the settings (L11)."""
	done = [moment for moment in (violation.reported_on, violation.rectified_on) if moment]
	return (min(done) if done else now_datetime()) > violation.report_due


def chart(violations: list[dict]) -> dict | None:
	kinds = sorted({row.kind for row in violations})
	if not kinds:
		return None
	values = [sum(1 for row in violations if row.kind == kind) for kind in kinds]
	labels = [_(kind) for kind in kinds]
	return {"data": {"labels": labels, "datasets": [{"name": _("Violations"), "values": values}]}, "type": "bar"}


def summary(rows: list[dict], violations: list[dict]) -> list[dict]:
	running = sum(1 for row in rows if row.status in permits.RUNNING)
	late = sum(1 for row in rows if row.days_overdue)
	return [
		{"label": _("In Progress"), "value": running, "datatype": "Int", "indicator": "Blue"},
		{"label": _("Expired"), "value": late, "datatype": "Int", "indicator": "Red" if late else "Green"},
		{"label": _("Violations"), "value": len(violations), "datatype": "Int", "indicator": "Orange"},
	]
