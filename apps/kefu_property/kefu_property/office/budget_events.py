"""Papers of the stores that are charged to the budget, where a Budget Item names them (S1, D15)."""

from __future__ import annotations

import frappe

from kefu_property.office import budget
from kefu_property.rules.money import D
from kefu_property.suite import state

PURCHASE, ISSUE = "Store Purchase Request", "Goods Issue"


def purchase_request(doc, method: str | None = None) -> None:
	"""An approved purchase reserves its total; closing it gives back what was not received."""
	if not state.is_enabled("office") or not doc.has_value_changed("status"):
		return
	before = doc.get_doc_before_save()
	paper = (doc.doctype, doc.name)
	if doc.status == "Approved" and before and before.status == "Pending Approval":
		item = item_for(PURCHASE, None)
		if item:
			budget.commit(paper, doc.project, {item: D(doc.total)}, text=doc.name)
	elif doc.status == "Closed":
		budget.reverse(paper, doc.name, kind=budget.COMMITMENT)


def movement(doc, method: str | None = None) -> None:
	"""Goods that were bought are spent when they come; goods that leave are spent by the department that gets them."""
	if not state.is_enabled("office"):
		return
	item, against = None, None
	if doc.kind == "Goods Receipt" and doc.purchase_request:
		item, against = item_for(PURCHASE, None), ("Store Purchase Request", doc.purchase_request)
	elif doc.kind == "Goods Issue":
		item = item_for(ISSUE, doc.department)
	if item and D(doc.total or 0):
		budget.spend(
			(doc.doctype, doc.name),
			doc.project,
			{item: D(doc.total)},
			doc.posting_date,
			doc.purpose or doc.name,
			against,
		)
	elif doc.kind == "Goods Return" and item_for(ISSUE, doc.department) and D(doc.total or 0):
		item = item_for(ISSUE, doc.department)
		budget.spend((doc.doctype, doc.name), doc.project, {item: -D(doc.total)}, doc.posting_date, doc.name)


def movement_cancelled(doc, method: str | None = None) -> None:
	if state.is_enabled("office"):
		budget.reverse((doc.doctype, doc.name), doc.name)


def item_for(source: str, department: str | None) -> str | None:
	"""The budget item that a paper of the stores is charged to: one for its department, else one for all."""
	item, row = frappe.qb.DocType("Budget Item"), frappe.qb.DocType("Budget Item Source")
	rows = (
		frappe.qb.from_(row)
		.join(item)
		.on(item.name == row.parent)
		.select(item.name, row.department)
		.where((item.disabled == 0) & (row.source == source))
		.orderby(item.name)
		.run()
	)
	names = {department, frappe.db.get_value("Cost Department", department, "department_name") if department else None}
	own = next((name for name, wanted in rows if wanted and wanted in names), None)
	return own or next((name for name, wanted in rows if not wanted), None)
