"""What the service desk publishes on the disclosure board (extension point `disclosure_items`): how well it served (L5)."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.utils import now_datetime

from kefu_property.rules import case_figures as rules
from kefu_property.service_desk import statistics
from kefu_property.service_desk.measures import DEADLINES


def items(project: str, start: date, end: date) -> list[dict]:
	cases = statistics.cases(frappe._dict(project=project, from_date=start, to_date=end), published=True)
	lines = [_line(_(kind), found) for kind, found in statistics.grouped(cases, lambda row: row.kind)]
	return [
		{
			"key": "service_quality",
			"title": _("Quality of Service"),
			"columns": [_("Kind"), _("Cases"), _("First Answer in Time"), _("Cases Closed in Time"), _("Stars")],
			"rows": [*lines, _line(_("Total"), cases)] if cases else [],
		}
	]


def _line(title: str, cases: list[dict]) -> list:
	now = now_datetime()
	shares = []
	for due, done in DEADLINES.values():
		kept, counted = rules.attainment(((case[due], case[done]) for case in cases), now)
		shares.append(f"{rules.share(kept, counted):.1f} %" if counted else "–")
	stars = rules.average((case.rating or None for case in cases), 1)
	return [title, len(cases), *shares, stars if stars is not None else "–"]
