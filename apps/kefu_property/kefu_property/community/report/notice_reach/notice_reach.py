"""Report Notice Reach: how many residents of the audience read each notice (D12)."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.community import reporting


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart, summary. Filters: `project`, `from_date`, `to_date` (day of validity)."""
	rows = frappe.get_all(
		"Community Notice",
		filters=[["docstatus", "=", 1], *reporting.where(filters, "valid_from")],
		fields=[
			"name",
			"title",
			"kind",
			"emergency",
			"valid_from",
			"valid_to",
			"audience_count",
			"read_count",
			"told_count",
		],
		order_by="valid_from desc",
	)
	for row in rows:
		row.kind = _(row.kind)
		row.reach = reporting.percent(row.read_count, row.audience_count)
	columns = [
		reporting.column("name", _("Community Notice"), "Link", 170, "Community Notice"),
		reporting.column("title", _("Title"), width=240),
		reporting.column("kind", _("Kind")),
		reporting.column("emergency", _("Emergency"), "Check", 90),
		reporting.column("valid_from", _("Valid From"), "Date", 110),
		reporting.column("valid_to", _("Valid Until"), "Date", 110),
		reporting.column("audience_count", _("Residents in the Audience"), "Int", 130),
		reporting.column("read_count", _("Residents Who Read It"), "Int", 130),
		reporting.column("reach", _("Reach"), "Percent", 100),
		reporting.column("told_count", _("Messages Sent"), "Int", 110),
	]
	asked, read = (sum(row[field] for row in rows) for field in ("audience_count", "read_count"))
	summary = [
		{"label": _("Public Notices"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Reach"), "value": reporting.percent(read, asked) or 0, "datatype": "Percent"},
	]
	shown = rows[:12]
	chart = {
		"data": {
			"labels": [row.title[:12] for row in shown],
			"datasets": [{"name": _("Reach"), "values": [row.reach or 0 for row in shown]}],
		},
		"type": "bar",
	}
	return columns, rows, None, chart if shown else None, summary
