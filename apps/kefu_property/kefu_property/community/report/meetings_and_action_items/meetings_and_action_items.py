"""Report Meetings and Action Items: who came, and what became of the decisions."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import Case
from frappe.query_builder.functions import Count, Sum
from frappe.utils import getdate, today

from kefu_property.community.meeting_reports import column, scoped


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows by meeting, no message, chart of action items, summary. Filters: `project`, `from_date`, `to_date`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, chart(rows), summary(rows)


def columns() -> list[dict]:
	return [
		column(_("Meeting"), "meeting", "Link", 170, "Office Meeting"),
		column(_("Subject"), "subject", width=200),
		column(_("Begins"), "starts_on", "Datetime", 150),
		column(_("Invited"), "invited", "Int", 80),
		column(_("Present"), "present", "Int", 80),
		column(_("Present %"), "share", "Percent", 90),
		column(_("Action Items"), "actions", "Int", 100),
		column(_("Finished"), "finished", "Int", 90),
		column(_("Overdue"), "overdue", "Int", 90),
		column(_("Total Charge"), "total_charge", "Currency", 120),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	meeting, attendee = frappe.qb.DocType("Office Meeting"), frappe.qb.DocType("Meeting Attendee")
	query = (
		frappe.qb.from_(meeting)
		.left_join(attendee)
		.on((attendee.parent == meeting.name) & (attendee.parenttype == "Office Meeting"))
		.select(
			meeting.name.as_("meeting"),
			meeting.subject,
			meeting.starts_on,
			meeting.total_charge,
			Count(attendee.name).as_("invited"),
			Sum(Case().when(attendee.attendance == "Present", 1).else_(0)).as_("present"),
		)
		.where(meeting.docstatus == 1)
		.groupby(meeting.name)
		.orderby(meeting.starts_on)
	)
	rows = scoped(query, meeting, filters, "starts_on").run(as_dict=True)
	day = getdate(today())
	actions: dict[str, list] = {}
	for item in frappe.get_all(
		"Meeting Action",
		filters={"meeting": ["in", [row.meeting for row in rows] or [""]]},
		fields=["meeting", "status", "due_date"],
		limit=0,
	):
		actions.setdefault(item.meeting, []).append(item)
	for row in rows:
		items = actions.get(row.meeting, [])
		row.present = int(row.present or 0)
		row.share = round(100 * row.present / row.invited, 1) if row.invited else 0
		row.actions = len(items)
		row.finished = sum(item.status == "Finished" for item in items)
		row.overdue = sum(item.status != "Finished" and item.due_date < day for item in items)
	return rows


def chart(rows: list[dict]) -> dict | None:
	total = sum(row.actions for row in rows)
	if not total:
		return None
	finished, late = sum(row.finished for row in rows), sum(row.overdue for row in rows)
	labels = [_("Finished"), _("In Progress"), _("Overdue")]
	values = [finished, total - finished - late, late]
	return {
		"data": {"labels": labels, "datasets": [{"name": _("Action Items"), "values": values}]},
		"type": "donut",
		"colors": ["#29CD42", "#2490EF", "#CB2929"],
	}


def summary(rows: list[dict]) -> list[dict]:
	late = sum(row.overdue for row in rows)
	return [
		{"label": _("Meetings"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Action Items"), "value": sum(row.actions for row in rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Overdue"), "value": late, "datatype": "Int", "indicator": "Red" if late else "Green"},
	]
