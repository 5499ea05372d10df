"""What other modules may use of the surveys; nothing else of this package is theirs."""

from __future__ import annotations

from datetime import date

import frappe

from kefu_property.survey.results import finished


def satisfaction(project: str, start: date | str, end: date | str) -> dict | None:
	"""The newest survey of a project that ended between two days: `survey`, `satisfaction`, `response_rate`, `answered`; percent.

	None when there is none. For plans, quality objectives and the operations board.
	"""
	rows = frappe.get_all(
		"Satisfaction Survey",
		filters=[*finished(), ["project", "=", project], ["closes_on", "between", [start, end]]],
		fields=["name as survey", "satisfaction", "response_rate", "answered", "closes_on"],
		order_by="closes_on desc, name desc",
		limit=1,
	)
	return rows[0] if rows else None
