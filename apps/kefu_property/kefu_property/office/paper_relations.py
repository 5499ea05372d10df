"""External organisations: when they were visited last, and when they should be again (D30)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days

from kefu_property.office.paper_exceptions import WrongProject


def check_organisation(doc) -> None:
	if frappe.get_cached_value("External Organisation", doc.organisation, "project") != doc.project:
		frappe.throw(_("The organisation is of another project. Choose one of this project."), WrongProject)


def next_visit(last, own_days: int | None):
	"""Day of the next visit after `last`, by the organisation's own interval or that of the settings; None without a visit."""
	days = own_days or frappe.db.get_single_value("Paper Settings", "visit_days") or 0
	return add_days(last, days) if last and days else None


def note_visit(organisation: str) -> None:
	"""Write down the last visit of an organisation and when the next one is due."""
	visit = frappe.qb.DocType("External Visit")
	last = (
		frappe.qb.from_(visit)
		.select(visit.held_on)
		.where(visit.organisation == organisation)
		.orderby(visit.held_on, order=frappe.qb.desc)
		.limit(1)
		.run(pluck=True)
	)
	day = last[0] if last else None
	own_days = frappe.db.get_value("External Organisation", organisation, "visit_days")
	frappe.db.set_value(
		"External Organisation", organisation, {"last_visit": day, "next_visit": next_visit(day, own_days)}
	)
