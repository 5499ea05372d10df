"""Registers of risks, hazards and environmental aspects: reviews and what is due (D18)."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.quality.exceptions import NotTreated, WrongMark, WrongPeriod
from kefu_property.rules import quality_rules as rules
from kefu_property.suite.notify import alert, staff_with_role

#: days between two reminders of a review that is due
REMIND_EVERY = 7


def rated(doc, rate, *fieldnames: str):
	"""What `rate` makes of the marks of a document. Raises WrongMark with the field's name."""
	for fieldname in fieldnames:
		try:
			rules.mark(doc.get(fieldname))
		except rules.NotAMark:
			frappe.throw(_("{0}: choose a mark from 1 to 5.").format(_(doc.meta.get_label(fieldname))), WrongMark)
	return rate(*(doc.get(fieldname) for fieldname in fieldnames))


def review(doc, note: str, review_on: str, result: str) -> None:
	"""Note a look at a row of a register and set the next one. The caller has checked permissions."""
	if not note.strip():
		frappe.throw(_("Write what was looked at."), NotTreated)
	if getdate(review_on) <= getdate(today()):
		frappe.throw(_("The next review is on a day to come."), WrongPeriod)
	doc.append(
		"reviews",
		{"reviewed_on": today(), "reviewed_by": frappe.session.user, "result": result, "note": note.strip()},
	)
	doc.review_on = review_on
	doc.save()


def remind(day: date | str | None = None) -> int:
	"""Daily: reviews and measures that are due, once a week each. Returns the number of rows told of."""
	day = getdate(day or today())
	told = 0
	for doctype, title, filters in (
		("Management Risk", "risk_title", {"status": ["!=", "Closed"]}),
		("Environmental Aspect", "aspect", {"ended": 0}),
	):
		rows = frappe.get_all(  # lint: allow query-in-loop: two registers
			doctype,
			filters={**filters, "review_on": ["<=", day]},
			fields=["name", "project", f"{title} as title", "responsible", "review_on"],
		)
		for row in rows:
			if (day - row.review_on).days % REMIND_EVERY == 0:
				alert(
					[row.responsible],
					lambda row=row: _("The review of {0} is due: {1}.").format(row.name, row.title),
					doctype,
					row.name,
				)
				told += 1
	return told + _remind_measures(day)


def _remind_measures(day: date) -> int:
	measure, risk = frappe.qb.DocType("Risk Measure"), frappe.qb.DocType("Management Risk")
	rows = (
		frappe.qb.from_(measure)
		.join(risk)
		.on((measure.parent == risk.name) & (measure.parenttype == "Management Risk"))
		.select(risk.name, risk.project, measure.measure, measure.responsible, measure.due_on)
		.where((risk.status != "Closed") & measure.done_on.isnull() & (measure.due_on < day))
		.run(as_dict=True)
	)
	rows = [row for row in rows if (day - row.due_on).days % REMIND_EVERY == 1]
	for row in rows:
		alert(
			# lint: allow query-in-loop: measures that became late today
			[row.responsible, *staff_with_role("CS Supervisor", row.project)],
			lambda row=row: _("The measure “{0}” of {1} is overdue.").format(row.measure, row.name),
			"Management Risk",
			row.name,
		)
	return len(rows)
