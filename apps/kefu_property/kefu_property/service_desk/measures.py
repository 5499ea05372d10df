"""Figures of the cases that plans and quality objectives measure (D3, L13)."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.utils import now_datetime

from kefu_property.rules import case_figures as rules
from kefu_property.service_desk import statistics

DEADLINES = {
	"answered_in_time": ("first_answer_due", "first_answered_on"),
	"closed_in_time": ("close_due", "resolved_on"),
}


def measures() -> list[dict]:
	def row(name: str, title: str, unit: str, value) -> dict:
		return {"name": name, "title": title, "unit": unit, "value": value}

	return [
		row("complaints", _("Complaints"), _("times"), lambda *period: len(_cases(*period, kind="Complaint"))),
		row("repairs", _("Repair Orders"), _("times"), lambda *period: len(_cases(*period, kind="Repair Order"))),
		row("answered_in_time", _("First Answer in Time"), "%", lambda *period: _in_time("answered_in_time", *period)),
		row("closed_in_time", _("Cases Closed in Time"), "%", lambda *period: _in_time("closed_in_time", *period)),
		row("case_stars", _("Stars Given by Owners"), _("of 5"), _stars),
	]


def _cases(project: str, start: date, end: date, kind: str | None = None) -> list[dict]:
	return statistics.cases(frappe._dict(project=project, from_date=start, to_date=end, kind=kind))


def _in_time(which: str, *period) -> float | None:
	due, done = DEADLINES[which]
	kept, counted = rules.attainment(((case[due], case[done]) for case in _cases(*period)), now_datetime())
	return rules.share(kept, counted) if counted else None


def _stars(*period) -> float | None:
	return rules.average((case.rating or None for case in _cases(*period)), 2)
