"""Report Overdue Custody: items that wait longer than the setting, past their agreed end."""

from __future__ import annotations

import frappe
from frappe.utils import cint

from kefu_property.custody.report.parcels_waiting.parcels_waiting import chart, columns, get_rows, summary


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict, list[dict]]:
	"""As Parcels Waiting, overdue items only."""
	days = cint(frappe.db.get_single_value("Custody Settings", "overdue_after_days"))
	rows = get_rows(frappe._dict(filters or {}), older_than=days)
	return columns(), rows, None, chart(rows), summary(rows)
