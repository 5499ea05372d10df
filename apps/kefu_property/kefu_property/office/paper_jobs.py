"""Scheduled reminders of letters and other papers with a day."""

from __future__ import annotations

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import add_days, format_date, getdate, today

from kefu_property.suite import notify


class Staff:
	"""Users with a role in a project, asked for once."""

	def __init__(self) -> None:
		self.known: dict[tuple[str, str], list[str]] = {}

	def __call__(self, role: str, project: str) -> list[str]:
		key = (role, project)
		if key not in self.known:
			self.known[key] = notify.staff_with_role(role, project)
		return self.known[key]


def once_a_day(doctype: str, rows: list[dict], day, users: Callable, text: Callable) -> int:
	"""Alert `users(row)` about each row with `text(row)` and write down the day, so that a second run tells nobody twice."""
	for row in rows:
		notify.alert(users(row), lambda row=row: text(row), doctype, row.name)
		frappe.db.set_value(  # lint: allow query-in-loop: one write per reminder
			doctype, row.name, "reminded_on", day, update_modified=False
		)
	return len(rows)


def remind_letters(day=None) -> int:
	"""Daily: tell handlers, clerks and the director of letters whose answer, or a handler's opinion, is late."""
	day = getdate(day or today())
	letter, handling = frappe.qb.DocType("Incoming Letter"), frappe.qb.DocType("Letter Handling")
	late_handlers = (
		frappe.qb.from_(handling)
		.select(handling.parent)
		.where(handling.done_on.isnull() & (handling.due_on < day) & (handling.parenttype == "Incoming Letter"))
	)
	rows = (
		frappe.qb.from_(letter)
		.select(letter.name, letter.project, letter.subject, letter.sender, letter.due_on)
		.where(letter.workflow_state != "Closed")
		.where((letter.due_on < day) | ((letter.workflow_state == "In Handling") & letter.name.isin(late_handlers)))
		.where(letter.reminded_on.isnull() | (letter.reminded_on < day))
		.run(as_dict=True)
	)
	handlers: dict[str, list[str]] = {}
	for row in frappe.get_all(
		"Letter Handling",
		filters={"parent": ["in", [row.name for row in rows] or [""]], "done_on": ["is", "not set"]},
		fields=["parent", "user"],
	):
		handlers.setdefault(row.parent, []).append(row.user)
	staff = Staff()
	return once_a_day(
		"Incoming Letter",
		rows,
		day,
		lambda row: (
			handlers.get(row.name, []) + staff("Office Clerk", row.project) + staff("Office Director", row.project)
		),
		lambda row: _("Letter of {0} is late (due {1}): {2}").format(
			row.sender, format_date(row.due_on) if row.due_on else "–", row.subject
		),
	)


def remind_loans(day=None) -> int:
	"""Daily: tell borrowers and clerks of archive loans that are late. Returns the number of loans told of."""
	day = getdate(day or today())
	loan = frappe.qb.DocType("Archive Loan")
	rows = (
		frappe.qb.from_(loan)
		.select(loan.name, loan.project, loan.borrower, loan.borrower_name, loan.due_on)
		.where((loan.docstatus == 1) & loan.status.isin(["Lent", "Partly Returned"]) & (loan.due_on < day))
		.where(loan.reminded_on.isnull() | (loan.reminded_on < day))
		.run(as_dict=True)
	)
	staff = Staff()
	return once_a_day(
		"Archive Loan",
		rows,
		day,
		lambda row: [row.borrower, *staff("Office Clerk", row.project)],
		lambda row: _("Archive files lent to {0} were due back on {1}.").format(
			row.borrower_name, format_date(row.due_on)
		),
	)


def remind_commitments(day=None) -> int:
	"""Daily: tell who is responsible three days before a commitment is due, and from then on; the director when it is late."""
	day = getdate(day or today())
	commitment = frappe.qb.DocType("External Commitment")
	rows = (
		frappe.qb.from_(commitment)
		.select(commitment.name, commitment.project, commitment.responsible, commitment.due_on)
		.select(commitment.commitment, commitment.organisation_name)
		.where((commitment.status == "Pending") & (commitment.due_on <= add_days(day, 3)))
		.where(commitment.reminded_on.isnull() | (commitment.reminded_on < day))
		.run(as_dict=True)
	)
	staff = Staff()
	return once_a_day(
		"External Commitment",
		rows,
		day,
		lambda row: [
			row.responsible,
			*(staff("Office Director", row.project) if getdate(row.due_on) < day else ()),
		],
		lambda row: _("Due {0}: {1} ({2})").format(format_date(row.due_on), row.commitment, row.organisation_name),
	)


def remind_visits(day=None) -> int:
	"""Daily: tell who is responsible for an organisation that should have been visited, once a week."""
	day = getdate(day or today())
	organisation = frappe.qb.DocType("External Organisation")
	rows = (
		frappe.qb.from_(organisation)
		.select(organisation.name, organisation.responsible, organisation.organisation_name, organisation.next_visit)
		.where((organisation.disabled == 0) & (organisation.next_visit <= day))
		.where(organisation.responsible.isnotnull() & (organisation.responsible != ""))
		.where(organisation.reminded_on.isnull() | (organisation.reminded_on <= add_days(day, -7)))
		.run(as_dict=True)
	)
	return once_a_day(
		"External Organisation",
		rows,
		day,
		lambda row: [row.responsible],
		lambda row: _("{0} should be visited again since {1}.").format(
			row.organisation_name, format_date(row.next_visit)
		),
	)
