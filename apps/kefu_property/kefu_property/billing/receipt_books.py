"""Printed receipt books: issued to cashiers, used number by number without a gap, void numbers with their reason (S2)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from kefu_property.billing.exceptions import NoReceiptBook, ReceiptBookError

STOCK, ISSUED, RETURNED, USED_UP = "In Stock", "With Cashier", "Returned", "Used Up"


def number_text(book, number: int) -> str:
	return f"{book.prefix}{int(number):0{cint(book.digits)}d}"


def next_of(project: str, cashier: str) -> tuple[str, str] | None:
	"""(book, receipt number) from the book in the cashier's hands, inside the transaction that uses it; None without a book.

	Raises NoReceiptBook where the site asks for one.
	"""
	if frappe.db.exists("Receipt Book", {"project": project, "cashier": cashier, "status": ISSUED}):
		rows = frappe.db.sql(
			"""select name, prefix, digits, next_number, last_number from `tabReceipt Book`
			where project = %s and cashier = %s and status = 'With Cashier' order by issued_on, name limit 1 for update""",
			(project, cashier),
			as_dict=True,
		)
		if rows:
			_advance(rows[0])
			return rows[0].name, number_text(rows[0], rows[0].next_number)
	if cint(frappe.db.get_single_value("Cashier Settings", "require_book")):
		frappe.throw(
			_("You have no receipt book with free numbers. Ask the accountant for one."),
			NoReceiptBook,
		)
	return None


def _advance(book) -> None:
	frappe.db.sql(
		"""update `tabReceipt Book` set next_number = next_number + 1, status = if(next_number > last_number, 'Used Up', status),
			modified = %s where name = %s""",
		(now_datetime(), book.name),
	)


def lock(name: str, *states: str):
	"""The book's document, locked, in one of these states. Raises ReceiptBookError."""
	doc = frappe.get_doc("Receipt Book", name, for_update=True)
	if doc.status not in states:
		frappe.throw(
			_("Receipt book {0} is {1}. This needs the state {2}.").format(
				doc.book_no, _(doc.status), " / ".join(_(state) for state in states)
			),
			ReceiptBookError,
		)
	return doc


def issue(name: str, cashier: str) -> None:
	"""Hand a book, new or returned with free numbers, to a cashier."""
	doc = lock(name, STOCK, RETURNED)
	if "Cashier" not in frappe.get_roles(cashier):
		frappe.throw(_("{0} is not a cashier.").format(frappe.utils.get_fullname(cashier)), ReceiptBookError)
	doc.update({"status": ISSUED, "cashier": cashier, "issued_on": now_datetime()})
	_move(doc, "Given to Cashier")


def give_back(name: str) -> None:
	"""A cashier returns a book; its free numbers can be issued again."""
	doc = lock(name, ISSUED)
	doc.status = RETURNED
	_move(doc, "Returned")


def _move(doc, kind: str) -> None:
	doc.append(
		"movements",
		{
			"kind": kind,
			"cashier": doc.cashier,
			"moved_on": now_datetime(),
			"next_number": doc.next_number,
			"moved_by": frappe.session.user,
		},
	)
	_save(doc)


def void(name: str, reason: str) -> str:
	"""Declare the next number of a book void (spoilt sheet); returns the number. Raises ReceiptBookError."""
	if not (reason or "").strip():
		frappe.throw(_("Say why the number is void."), ReceiptBookError)
	doc = lock(name, STOCK, ISSUED, RETURNED)
	text = number_text(doc, doc.next_number)
	doc.append(
		"voids",
		{
			"receipt_no": text,
			"reason": reason.strip(),
			"voided_on": now_datetime(),
			"voided_by": frappe.session.user,
		},
	)
	doc.next_number += 1
	if doc.next_number > doc.last_number:
		doc.status = USED_UP
	_save(doc)
	return text


def _save(doc) -> None:
	doc.flags.by_action = True
	doc.save(ignore_permissions=True)  # the caller has checked permissions


def check(projects: list[str]) -> list[dict]:
	"""Every series and book with its numbers: `source`, `first`, `last`, `next`, `used`, `void`, `free`, `missing` (list of numbers)."""
	if not projects:
		return []
	values = {"projects": tuple(projects)}
	books = frappe.db.sql(
		"""select name, project, book_no, prefix, digits, first_number, last_number, next_number, status, cashier
		from `tabReceipt Book` where project in %(projects)s order by project, prefix, first_number""",
		values,
		as_dict=True,
	)
	series = frappe.db.sql(
		"""select name, project, '' book_no, prefix, digits, 1 first_number, last_number, last_number + 1 next_number,
			'' status, null cashier from `tabReceipt Series` where project in %(projects)s order by project""",
		values,
		as_dict=True,
	)
	used = _numbers(
		"select receipt_book, project, receipt_no from `tabFee Payment` where docstatus = 1 and project in %(projects)s",
		values,
	)
	voids = _numbers(
		"""select v.parent, b.project, v.receipt_no from `tabReceipt Book Void` v
		join `tabReceipt Book` b on b.name = v.parent where b.project in %(projects)s""",
		values,
	)
	rows = []
	for row in [*series, *books]:
		key = (row.name if row.book_no else None, row.project)
		taken, void_numbers = used.get(key, set()), voids.get(key, set())
		row.update(
			{"used": len(taken), "void": len(void_numbers), "free": max(row.last_number - row.next_number + 1, 0)}
		)
		row["missing"] = [
			text
			for number in range(row.first_number, row.next_number)
			if (text := number_text(row, number)) not in taken and text not in void_numbers
		]
		rows.append(row)
	return rows


def _numbers(query: str, values: dict) -> dict[tuple, set[str]]:
	result: dict[tuple, set[str]] = {}
	# lint: allow sql-string: the two queries of `check`
	for book, project, text in frappe.db.sql(query, values):
		result.setdefault((book, project), set()).add(text)
	return result
