"""What staff owe for their bed: written by approved papers, settled once (D17)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import getdate, now, today

from kefu_property.dormitory import deposits, scope
from kefu_property.dormitory.exceptions import SettlementWrong
from kefu_property.rules.money import D, sum_money

OPEN, LISTED, SETTLED, WAIVED, CANCELLED = "Unsettled", "On Payroll List", "Paid Off", "Waived", "Cancelled"
KINDS = ("Rent", "Water", "Power", "Violation", "Damage")
METHODS = ("Deposit", "Cash", "Bank Transfer")


def add(doc, staff: str, kind: str, amount, posting_date, stay: str | None = None, room: str | None = None, **values):
	"""Write a deduction of a paper; the key keeps it from being written twice. Nothing is written for zero."""
	if D(str(amount)) <= 0:
		return None
	return frappe.get_doc(
		{
			"doctype": "Dormitory Deduction",
			"project": doc.project,
			"staff": staff,
			"kind": kind,
			"amount": str(amount),
			"posting_date": posting_date,
			"stay": stay,
			"room": room,
			"reference_doctype": doc.doctype,
			"reference_name": doc.name,
			"source_key": f"{doc.name}|{stay}|{kind}",
			"status": OPEN,
			**values,
		}
	).insert(ignore_permissions=True)  # deductions are written by approved papers


def open_total(staff: str) -> Decimal:
	return sum_money(
		str(row.amount)
		for row in frappe.get_all("Dormitory Deduction", {"staff": staff, "status": OPEN}, ["amount"], limit=0)
	)


def locked(filters: dict) -> list[frappe._dict]:
	"""Deductions as they stand now, locked in the order of their names."""
	table = frappe.qb.DocType("Dormitory Deduction")
	query = frappe.qb.from_(table).select(table.star).orderby(table.name).for_update()
	for fieldname, value in filters.items():
		query = query.where(table[fieldname].isin(value) if isinstance(value, list) else table[fieldname] == value)
	return query.run(as_dict=True)


def write(names: list[str], **values) -> None:
	"""Set columns of deductions in one statement."""
	if not names:
		return
	table = frappe.qb.DocType("Dormitory Deduction")
	query = frappe.qb.update(table).where(table.name.isin(names))
	for fieldname, value in {**values, "modified": now(), "modified_by": frappe.session.user}.items():
		query = query.set(table[fieldname], value)
	query.run()
	for name in names:
		frappe.clear_document_cache("Dormitory Deduction", name)


def cancel_of(doc) -> None:
	"""Take back the deductions of a paper that is cancelled. Raises SettlementWrong when one of them was settled."""
	rows = [row for row in locked({"reference_name": doc.name}) if row.reference_doctype == doc.doctype]
	if any(row.status in (LISTED, SETTLED) for row in rows):
		frappe.throw(
			_("Deductions of {0} were settled or stand on a payroll list. It cannot be cancelled.").format(doc.name),
			SettlementWrong,
		)
	write([row.name for row in rows], status=CANCELLED, source_key=None)


@frappe.whitelist(methods=["POST"])
def settle(staff: str, method: str) -> str:
	"""Settle all open deductions of somebody at once: in cash, by transfer or from the deposit. Returns the amount.

	Raises SettlementWrong when nothing is open, or the deposit is too small.
	"""
	if not frappe.has_permission("Dormitory Checkout", "create"):
		frappe.throw(_("The warden or HR settles deductions."), frappe.PermissionError)
	if method not in METHODS:
		frappe.throw(_("Choose how the amount is settled."), SettlementWrong)
	held = deposits.held(staff, lock=True)
	rows = locked({"staff": staff, "status": OPEN})
	scope.check_projects({row.project for row in rows})
	total = sum_money(str(row.amount) for row in rows)
	if not total:
		frappe.throw(_("Nothing is open for {0}.").format(staff), SettlementWrong)
	if method == "Deposit":
		if total > held:
			frappe.throw(
				_("Of the deposit {0} yuan are held, {1} yuan are open. Take the amount in cash.").format(held, total),
				SettlementWrong,
			)
		for row in rows:
			paper = frappe._dict(project=row.project, staff=staff, doctype="Dormitory Deduction", name=row.name)
			deposits.write(paper, "Deducted", D(str(row.amount)), today(), stay=row.stay)
	write(
		[row.name for row in rows],
		status=SETTLED,
		settled_by=method,
		settled_on=today(),
		settled_user=frappe.session.user,
	)
	return str(total)


@frappe.whitelist(methods=["POST"])
def waive(deduction: str, reason: str) -> None:
	"""Forgive an open deduction with a reason (HR). Raises SettlementWrong."""
	doc = frappe.get_doc("Dormitory Deduction", deduction)
	doc.check_permission("read")
	if "HR Clerk" not in frappe.get_roles():
		frappe.throw(_("HR waives deductions."), frappe.PermissionError)
	if not reason.strip():
		frappe.throw(_("Enter the reason."), SettlementWrong)
	row = locked({"name": deduction})[0]
	if row.status != OPEN:
		frappe.throw(_("The deduction is no longer open: {0}.").format(_(row.status)), SettlementWrong)
	write([deduction], status=WAIVED, note=reason, settled_on=getdate(), settled_user=frappe.session.user)
	doc.add_comment("Info", _("Waived: {0}").format(reason))
