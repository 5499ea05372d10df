"""What the facilities publish on the disclosure board (extension point `disclosure_items`): checks kept and defects put right (L5)."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _

from kefu_property.inspection.figures import percent


def items(project: str, start: date, end: date) -> list[dict]:
	"""Sections for the board: checks by kind of facility with the share that was done, and defects found and closed."""
	tasks = frappe.get_all(
		"Inspection Task",
		filters={"project": project, "scheduled_for": ["between", [start, end]], "status": ["!=", "Skipped"]},
		fields=["kind", "count(*) as planned", "sum(status = 'Done') as done", "sum(result = 'Problems') as problems"],
		group_by="kind",
		order_by="kind",
	)
	found = frappe.get_all(
		"Rectification",
		filters={"project": project, "found_on": ["between", [start, end]]},
		fields=["severity", "count(*) as found", "sum(status = 'Closed') as closed"],
		group_by="severity",
		order_by="severity",
	)
	return [
		{
			"key": "facility_checks",
			"title": _("Checks of Facilities"),
			"columns": [_("Kind"), _("Checks Planned"), _("Checks Done"), _("Share"), _("With Problems")],
			"rows": [
				[
					_(row.kind),
					row.planned,
					int(row.done),
					f"{percent(int(row.done), row.planned):.1f} %",
					int(row.problems or 0),
				]
				for row in tasks
			],
		},
		{
			"key": "rectifications",
			"title": _("Defects Found and Put Right"),
			"columns": [_("Severity"), _("Defects Found"), _("Defects Closed")],
			"rows": [[_(row.severity), row.found, int(row.closed)] for row in found],
		},
	]
