"""Report Overdue Keys: keys whose due time has passed, the longest first."""

from __future__ import annotations

import frappe

from kefu_property.keys.report.keys_out.keys_out import chart, columns, get_rows, summary


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""As Keys Out, overdue loans only."""
	rows = get_rows(frappe._dict(filters or {}), overdue_only=True)
	return columns(), rows, None, chart(rows), summary(rows)
