"""Nonconformities: from what was found to the effect that somebody else has seen (D18)."""

# No postponed annotations here: the framework converts what a form sends by them
from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, format_date, getdate, today

from kefu_property.suite.notify import alert, staff_with_role

DRAFT, PLAN_DUE, TO_APPROVE, IN_ACTION, EFFECT, CLOSED, CANCELLED = (
	"Draft",
	"Plan Due",
	"Plan to Approve",
	"In Action",
	"Effect Check",
	"Closed",
	"Cancelled",
)
OPEN = (PLAN_DUE, TO_APPROVE, IN_ACTION, EFFECT)
#: days for the plan, and from the last action to the check of its effect, unless somebody sets others
PLAN_DAYS = {"Major": 7, "Minor": 15}
CHECK_DAYS = 30
#: days between two alerts of what is overdue; the director is told from the second one on
REMIND_EVERY = 7


def open_report(
	project: str,
	source: str,
	summary: str,
	description: str,
	area: str | None,
	responsible: str | None,
	severity: str = "Minor",
	clause: str | None = None,
	**values,
) -> str:
	"""Draft a nonconformity that follows from another document; returns its name.

	`values` may set audit, objective_result, reference_doctype and reference_name. Area and person may be missing: whoever issues it
	fills them in. The caller has checked that the user may report.
	"""
	doc = frappe.get_doc(
		{
			"doctype": "Nonconformity Report",
			"project": project,
			"source": source,
			"summary": summary[:140],
			"description": description,
			"area": area,
			"responsible": responsible,
			"severity": severity,
			"clause": clause,
			"found_on": today(),
			"found_by": frappe.session.user,
			"plan_due": add_days(today(), PLAN_DAYS[severity]),
			**values,
		}
	)
	doc.flags.ignore_mandatory = not area or not responsible
	return doc.insert(ignore_permissions=True).name  # follows from the other document; the draft is issued by a person


def existing(reference: tuple[str, str]) -> str | None:
	"""Name of the nonconformity of a document (DocType, name) that was not cancelled."""
	return frappe.db.get_value(
		"Nonconformity Report",
		{"reference_doctype": reference[0], "reference_name": reference[1], "status": ["!=", CANCELLED]},
	)


def next_due(doc) -> date | None:
	"""The day on which the next thing of a nonconformity is due; None when nothing is waited for."""
	if doc.status in (PLAN_DUE, TO_APPROVE):
		return getdate(doc.plan_due)
	if doc.status == IN_ACTION:
		days = [getdate(row.due_on) for row in doc.actions if not row.done_on]
		return min(days) if days else getdate(max(row.due_on for row in doc.actions))
	if doc.status == EFFECT:
		return getdate(doc.check_due)
	return None


def waited_for(doc) -> list[str]:
	"""Users who have to take the next step."""
	if doc.status == IN_ACTION:
		return [row.responsible for row in doc.actions if not row.done_on] or [doc.responsible]
	if doc.status == PLAN_DUE:
		return [doc.responsible]
	return [doc.found_by, *staff_with_role("CS Supervisor", doc.project)]


def tell(doc) -> None:
	"""Tell whoever has to take the next step that it is their turn."""
	texts = {
		PLAN_DUE: lambda: _("Nonconformity {0}: find the cause and plan the action by {1}.").format(
			doc.summary, format_date(doc.plan_due)
		),
		TO_APPROVE: lambda: _("Nonconformity {0}: the plan waits for approval.").format(doc.summary),
		IN_ACTION: lambda: _("Nonconformity {0}: carry out the action.").format(doc.summary),
		EFFECT: lambda: _("Nonconformity {0}: check the effect by {1}.").format(
			doc.summary, format_date(doc.check_due)
		),
	}
	if doc.status in texts:
		alert(
			[user for user in waited_for(doc) if user != frappe.session.user], texts[doc.status], doc.doctype, doc.name
		)


def watch(day: date | str | None = None) -> int:
	"""Daily: tell of what is overdue, once a week for each nonconformity; the director from the second time on. Returns the number."""
	day = getdate(day or today())
	rows = frappe.get_all(
		"Nonconformity Report",
		filters={"status": ["in", OPEN], "next_due": ["<", day]},
		fields=["name", "next_due", "told_on"],
		order_by="next_due",
	)
	told = 0
	for row in rows:
		if row.told_on and (day - row.told_on).days < REMIND_EVERY:
			continue
		doc = frappe.get_doc("Nonconformity Report", row.name)  # lint: allow query-in-loop: what is told of today
		users = [*waited_for(doc), *staff_with_role("CS Supervisor", doc.project)]
		if row.told_on:
			users += staff_with_role("Office Director", doc.project)
		alert(
			users,
			lambda doc=doc, row=row: _("Nonconformity {0} is overdue since {1}: {2}.").format(
				doc.summary, format_date(row.next_due), _(doc.status)
			),
			doc.doctype,
			doc.name,
		)
		doc.db_set("told_on", day, update_modified=False)
		told += 1
	return told
