"""Figures of the community desk that plans and quality objectives measure (D12, D16, D27)."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _

from kefu_property.community.reporting import percent


def measures() -> list[dict]:
	return [
		{"name": "notice_reach", "title": _("Notice Reach"), "unit": "%", "value": notice_reach},
		{"name": "activities_held", "title": _("Activities Held"), "unit": _("times"), "value": activities_held},
		{"name": "service_stars", "title": _("Stars of Special Services"), "unit": _("of 5"), "value": service_stars},
	]


def notice_reach(project: str, start: date, end: date) -> float | None:
	"""Percent of the residents addressed who read the notices that began in the period; None without a notice."""
	readers, audience = frappe.db.sql(
		"""select sum(read_count), sum(audience_count) from `tabCommunity Notice`
		where project = %s and docstatus = 1 and date(valid_from) between %s and %s""",
		(project, start, end),
	)[0]
	return percent(int(readers or 0), int(audience or 0))


def activities_held(project: str, start: date, end: date) -> int:
	return frappe.db.count(
		"Community Activity",
		{"project": project, "workflow_state": "Completed", "starts_on": ["between", [start, end]]},
	)


def service_stars(project: str, start: date, end: date) -> float | None:
	"""Mean of the stars for services of the period; None when nobody gave any."""
	found = frappe.db.sql(
		"""select avg(stars) from `tabService Booking`
		where project = %s and stars > 0 and service_date between %s and %s""",
		(project, start, end),
	)[0][0]
	return round(float(found), 2) if found else None
