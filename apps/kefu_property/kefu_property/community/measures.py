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
	found = frappe.get_all(
		"Community Notice",
		filters={"project": project, "docstatus": 1, "valid_from": ["between", [start, end]]},
		fields=["sum(read_count) as readers", "sum(audience_count) as audience"],
	)[0]
	return percent(int(found.readers or 0), int(found.audience or 0))


def activities_held(project: str, start: date, end: date) -> int:
	return frappe.db.count(
		"Community Activity",
		{"project": project, "workflow_state": "Completed", "starts_on": ["between", [start, end]]},
	)


def service_stars(project: str, start: date, end: date) -> float | None:
	"""Mean of the stars for services of the period; None when nobody gave any."""
	found = frappe.get_all(
		"Service Booking",
		filters={"project": project, "stars": [">", 0], "service_date": ["between", [start, end]]},
		fields=["avg(stars) as stars"],
	)[0].stars
	return round(float(found), 2) if found else None
