"""Open bills that will soon be too old to be claimed in court (L2)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.billing import limitation, reporting


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Fee Invoice")
	columns = [
		reporting.column("limitation_date", _("Limitation Date"), "Date", 120),
		reporting.column("days_left", _("Days Left"), "Int", 90),
		reporting.column("unit", _("Unit"), "Link", 150, "Property Unit"),
		reporting.column("payer_name", _("Payer"), width=130),
		reporting.column("outstanding", _("Open Amount"), "Currency", 120),
		reporting.column("due_date", _("Due Date"), "Date", 100),
		reporting.column("last_demand", _("Last Written Demand"), "Datetime", 160),
		reporting.column("invoice", _("Bill"), "Link", 190, "Fee Invoice"),
	]
	days = int(filters.days or limitation.days_ahead())
	rows = limitation.near(reporting.projects(filters), getdate(filters.as_of or today()), days)
	late = sum((row.outstanding for row in rows if row.days_left < 0), Decimal("0.00"))
	soon = sum((row.outstanding for row in rows if row.days_left >= 0), Decimal("0.00"))
	summary = [
		{"label": _("Runs Out Soon"), "value": soon, "datatype": "Currency", "indicator": "Orange"},
		{"label": _("Has Run Out"), "value": late, "datatype": "Currency", "indicator": "Red"},
	]
	return columns, rows, None, None, summary
