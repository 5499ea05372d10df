"""What the facilities publish on the disclosure board (extension point `disclosure_items`): checks kept and defects put right (L5)."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _

from kefu_property.inspection.figures import percent


def items(project: str, start: date, end: date) -> list[dict]:
	"""Sections for the board: checks by kind of facility with the share that was done, and defects found and closed."""
	values = {"project": project, "start": start, "end": end}
	tasks = frappe.db.sql(
		"""select kind, count(*) planned, sum(status = 'Done') done, sum(result = 'Problems') problems
		from `tabInspection Task`
		where project = %(project)s and date(scheduled_for) between %(start)s and %(end)s and status != 'Skipped'
		group by kind order by kind""",
		values,
		as_dict=True,
	)
	found = frappe.db.sql(
		"""select severity, count(*) found, sum(status = 'Closed') closed from `tabRectification`
		where project = %(project)s and date(found_on) between %(start)s and %(end)s
		group by severity order by severity""",
		values,
		as_dict=True,
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
