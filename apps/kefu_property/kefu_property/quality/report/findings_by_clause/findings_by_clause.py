"""Findings by Clause: nonconformities of a period by clause, department, cause, source or month (D18)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_months, getdate, today

from kefu_property.quality import checks, corrective, reporting

#: what may be chosen to group by; True: the words are translated
GROUPS = {
	"Clause": ("clause", False),
	"Department or Area": ("area", False),
	"Kind of Cause": ("cause_kind", True),
	"Source of the Finding": ("source", True),
	"Month": ("month", False),
}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart, summary. Filters: `project`, `standard`, `from_date`, `to_date`, `group_by` (a key of GROUPS)."""
	filters = frappe._dict(filters or {})
	reporting.need("Nonconformity Report")
	group = filters.group_by if filters.group_by in GROUPS else "Clause"
	found = reports(filters)
	rows = grouped(found, *GROUPS[group])
	if group == "Month":
		rows.sort(key=lambda row: row["group"])
	return columns(group), rows, None, chart(rows), summary(found)


def columns(group: str) -> list[dict]:
	column = reporting.column
	return [
		column("group", _(group), width=300),
		column("total", _("Findings"), "Int", 100),
		column("major", _("Major"), "Int", 100),
		column("minor", _("Minor"), "Int", 100),
		column("open", _("Open"), "Int", 100),
		column("overdue", _("Overdue"), "Int", 100),
		column("reopened", _("Reopened"), "Int", 100),
	]


def reports(filters: frappe._dict) -> list[frappe._dict]:
	start, end = getdate(filters.from_date or add_months(today(), -12)), getdate(filters.to_date or today())
	rows = frappe.get_all(
		"Nonconformity Report",
		filters={
			"project": ["in", reporting.projects(filters)],
			"status": ["not in", [corrective.DRAFT, corrective.CANCELLED]],
			"found_on": ["between", [start, end]],
		},
		fields=["clause", "area", "cause_kind", "source", "severity", "status", "next_due", "reopen_count", "found_on"],
	)
	if filters.standard:
		rows = [row for row in rows if (row.clause or "").startswith(f"{filters.standard} ")]
	titles = checks.clause_titles(list({row.clause for row in rows if row.clause}))
	areas = reporting.area_names(list({row.area for row in rows if row.area}))
	for row in rows:
		row.clause = f"{row.clause} {titles.get(row.clause, '')}".strip() if row.clause else ""
		row.area = areas.get(row.area, "")
		row.month = f"{row.found_on:%Y-%m}"
		row.is_open = row.status in corrective.OPEN
		row.is_overdue = row.is_open and bool(row.next_due) and row.next_due < getdate(today())
	return rows


def grouped(rows: list[dict], fieldname: str, translated: bool) -> list[dict]:
	groups: dict[str, list[dict]] = {}
	for row in rows:
		groups.setdefault(row[fieldname] or "", []).append(row)
	found = [
		{
			"group": (_(key) if translated else key) or _("Not Set"),
			"total": len(own),
			"major": sum(1 for row in own if row.severity == "Major"),
			"minor": sum(1 for row in own if row.severity == "Minor"),
			"open": sum(1 for row in own if row.is_open),
			"overdue": sum(1 for row in own if row.is_overdue),
			"reopened": sum(1 for row in own if row.reopen_count),
		}
		for key, own in groups.items()
	]
	return sorted(found, key=lambda row: (-row["total"], row["group"]))


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	shown = rows[:12]
	datasets = [
		{"name": label, "values": [row[key] for row in shown]}
		for label, key in ((_("Major"), "major"), (_("Minor"), "minor"))
	]
	return {
		"data": {"labels": [row["group"] for row in shown], "datasets": datasets},
		"type": "bar",
		"colors": ["#cf3636", "#d97706"],
		"barOptions": {"stacked": 1},
	}


def summary(rows: list[dict]) -> list[dict]:
	overdue = sum(1 for row in rows if row.is_overdue)
	return [
		{"label": _("Findings"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Open"), "value": sum(1 for row in rows if row.is_open), "datatype": "Int", "indicator": "Orange"},
		{"label": _("Overdue"), "value": overdue, "datatype": "Int", "indicator": "Red" if overdue else "Green"},
		{
			"label": _("Reopened"),
			"value": sum(1 for row in rows if row.reopen_count),
			"datatype": "Int",
			"indicator": "Orange",
		},
	]
