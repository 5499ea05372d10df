"""The list to read meters by: on paper, or as a workbook that is filled in and loaded again on the page Reading Sheet (D2)."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.billing import meters, reporting


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Utility Meter")
	columns = [
		reporting.column("building_name", _("Building"), width=120),
		reporting.column("unit_code", _("Unit"), width=120),
		reporting.column("place", _("Place"), width=140),
		reporting.column("meter_no", _("Meter No"), width=140),
		reporting.column("last_read_on", _("Last Read On"), "Date", 110),
		reporting.column("counted_from", _("Counted From"), width=110),
		reporting.column("reading", _("Reading"), width=120),
		reporting.column("read_on", _("Read On"), width=120),
		reporting.column("remark", _("Remark"), width=200),
	]
	if filters.project not in reporting.projects(filters):
		return columns, []
	return columns, meters.meters_of(filters.project, filters.meter_kind, filters.building)
