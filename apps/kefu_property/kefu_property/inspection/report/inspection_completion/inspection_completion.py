"""Report Inspection Completion: planned, done, late, missed and skipped checks by plan (D5)."""

from __future__ import annotations

import frappe
from frappe import _
from pypika.functions import Count, Max, Sum
from pypika.terms import Case

from kefu_property.inspection.figures import column, in_my_projects, percent, period

GROUPS = {"Plan": "plan", "Facility": "facility", "Carried Out By": "done_by", "Facility Kind": "kind"}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart, summary. Filters: `project`, `from_date`, `to_date`, `group_by`, `kind`."""
	filters = frappe._dict(filters or {})
	group = filters.group_by if filters.group_by in GROUPS else "Plan"
	rows = get_rows(filters, group)
	return columns(group), rows, None, chart(rows), summary(rows)


def columns(group: str) -> list[dict]:
	return [
		column(_(group), "label", width=260),
		column(_("Project"), "project", "Link", 110, "Property Project"),
		column(_("Planned"), "planned", "Int", 90),
		column(_("Done in Time"), "in_time", "Int", 100),
		column(_("Done Late"), "late", "Int", 100),
		column(_("Missed Check"), "missed", "Int", 90),
		column(_("Skipped"), "skipped", "Int", 90),
		column(_("To Do"), "open", "Int", 90),
		column(_("Completion %"), "completion", "Float", 110),
		column(_("With Problems"), "problems", "Int", 110),
	]


def get_rows(filters: frappe._dict, group: str) -> list[dict]:
	task = frappe.qb.DocType("Inspection Task")
	first, last = period(filters)
	key = task[GROUPS[group]]

	def count(condition):
		return Sum(Case().when(condition, 1).else_(0))

	query = (
		frappe.qb.from_(task)
		.select(
			key.as_("key"),
			task.project,
			Max(task.template).as_("template"),
			Max(task.facility_name).as_("facility_name"),
			Count("*").as_("planned"),
			count((task.status == "Done") & (task.late == 0)).as_("in_time"),
			count((task.status == "Done") & (task.late == 1)).as_("late"),
			count(task.status == "Missed Check").as_("missed"),
			count(task.status == "Skipped").as_("skipped"),
			count(task.status == "Planned").as_("open"),
			count(task.result == "Problems").as_("problems"),
		)
		.where(task.scheduled_for[first:last])
		.groupby(key, task.project)
		.orderby(task.project)
		.orderby(key)
	)
	query = in_my_projects(query, task)
	if filters.project:
		query = query.where(task.project == filters.project)
	if filters.kind:
		query = query.where(task.kind == filters.kind)
	rows = query.run(as_dict=True)
	titles = dict(frappe.get_all("Inspection Plan", fields=["name", "plan_title"], as_list=True))
	for row in rows:
		row.label = label(row, group, titles)
		row.completion = percent(row.in_time + row.late, row.planned - row.skipped - row.open)
	return rows


def label(row: dict, group: str, titles: dict) -> str:
	if group == "Plan":
		return titles.get(row.key) or _("Checks without a plan")
	if group == "Facility":
		return row.facility_name
	if group == "Facility Kind":
		return _(row.key or "")
	return frappe.get_cached_value("User", row.key, "full_name") if row.key else _("Not done yet")


def chart(rows: list[dict]) -> dict | None:
	shown = [row for row in rows if row.completion is not None][:20]
	if not shown:
		return None
	return {
		"data": {
			"labels": [row.label for row in shown],
			"datasets": [{"name": _("Completion %"), "values": [float(row.completion) for row in shown]}],
		},
		"type": "bar",
		"colors": ["#0d6b62"],
	}


def summary(rows: list[dict]) -> list[dict]:
	def total(fieldname: str) -> int:
		return sum(int(row[fieldname]) for row in rows)

	done = total("in_time") + total("late")
	rate = percent(done, total("planned") - total("skipped") - total("open"))
	return [
		{"label": _("Done"), "value": done, "datatype": "Int", "indicator": "Green"},
		{"label": _("Missed Check"), "value": total("missed"), "datatype": "Int", "indicator": "Red"},
		{
			"label": _("Completion %"),
			"value": rate if rate is not None else "–",
			"datatype": "Data",
			"indicator": "Blue",
		},
	]
