"""Deposits of staff: entries that only grow; what is held is their sum (DESIGN invariant 1)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe.query_builder.functions import Sum

from kefu_property.rules.money import round_money


def held(staff: str, lock: bool = False) -> Decimal:
	"""Deposit in yuan that is held of a member of staff. With `lock` nobody else can change it meanwhile."""
	if lock:  # the person's own row stands for all entries, also when there is none yet
		table = frappe.qb.DocType("Staff Member")
		frappe.qb.from_(table).select(table.name).where(table.name == staff).for_update().run()
	entry = frappe.qb.DocType("Dormitory Deposit Entry")
	query = frappe.qb.from_(entry).select(Sum(entry.amount)).where(entry.staff == staff)
	if lock:
		query = query.for_update()  # reads what others committed since this transaction began
	return round_money(str(query.run()[0][0] or 0))


def write(doc, kind: str, amount: Decimal, on, method: str | None = None, stay: str | None = None) -> None:
	"""Write an entry for a paper; `amount` is positive, deducted and refunded money is written negative."""
	if not amount:
		return
	frappe.get_doc(
		{
			"doctype": "Dormitory Deposit Entry",
			"project": doc.project,
			"staff": doc.staff,
			"posting_date": on,
			"kind": kind,
			"amount": str(amount if kind == "Paid In" else -amount),
			"stay": stay,
			"method": method,
			"reference_doctype": doc.doctype,
			"reference_name": doc.name,
		}
	).insert(ignore_permissions=True)  # entries are written by papers, nobody writes them by hand
