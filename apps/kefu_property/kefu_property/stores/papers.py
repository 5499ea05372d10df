"""What the stores' papers have in common: checks of their items, and how much of one paper another one settles."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.query_builder import Case

from kefu_property.rules.stock_cost import quantity_of
from kefu_property.stores.exceptions import (
	ItemDisabled,
	ItemTwice,
	MoreThanAsked,
	NoItems,
	NotApproved,
	QuantityInvalid,
	WrongProject,
)


def check_same_project(doc, *links: tuple[str, str]) -> None:
	"""Fields of the paper that link to records of another project raise WrongProject."""
	for fieldname, doctype in links:
		name = doc.get(fieldname)
		if name and frappe.get_cached_value(doctype, name, "project") != doc.project:
			frappe.throw(
				_("{0} {1} belongs to another project.").format(_(doc.meta.get_label(fieldname)), name), WrongProject
			)


def check_items(doc) -> dict[str, dict]:
	"""Items of a paper by code: at least one, each once, in use, in a quantity that can be counted."""
	codes = [row.item for row in doc.items]
	if not codes:
		frappe.throw(_("Enter at least one item."), NoItems)
	double = next((code for code in codes if codes.count(code) > 1), None)
	if double:
		frappe.throw(_("The item {0} stands twice on the list. Remove one line.").format(double), ItemTwice)
	items = {
		row.name: row
		for row in frappe.get_all(
			"Store Item",
			filters={"name": ["in", codes]},
			fields=["name", "item_name", "unit", "whole_units", "disabled", "list_price"],
		)
	}
	for row in doc.items:
		item = items.get(row.item)
		if not item or item.disabled:
			frappe.throw(_("The item {0} is not used any more. Choose another one.").format(row.item), ItemDisabled)
		row.item_name, row.unit = item.item_name, item.unit
		quantity = quantity_of(row.quantity)
		if quantity <= 0:
			frappe.throw(_("Enter a quantity above zero for {0}.").format(item.item_name), QuantityInvalid)
		if item.whole_units and quantity != quantity.to_integral_value():
			frappe.throw(
				_("{0} is kept in whole units ({1}). Enter a whole number.").format(item.item_name, item.unit),
				QuantityInvalid,
			)
		row.quantity = quantity
	return items


def settle(child: str, parent: str, field: str, changes: dict[str, Decimal]) -> tuple[bool, bool]:
	"""Add to what was issued, received or returned of a paper's items, locked meanwhile; `changes` by item, signed.

	Returns whether something is settled and whether everything is. Raises MoreThanAsked.
	"""
	table = frappe.qb.DocType(child)
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.item, table.item_name, table.quantity, table[field].as_("done"))
		.where(table.parent == parent)
		.orderby(table.name)
		.for_update()
		.run(as_dict=True)
	)
	done = {row.item: quantity_of(row.done) for row in rows}
	for item, change in changes.items():
		asked = next((row for row in rows if row.item == item), None)
		if not asked:
			frappe.throw(_("The item {0} does not stand on {1}.").format(item, parent), MoreThanAsked)
		done[item] += change
		if done[item] > quantity_of(asked.quantity):
			left = quantity_of(asked.quantity) - done[item] + change
			frappe.throw(
				_("Of {0} only {1} are left on {2}.").format(asked.item_name, f"{left.normalize():f}", parent),
				MoreThanAsked,
			)
	case = Case()
	for item in changes:
		case = case.when(table.item == item, done[item])
	frappe.qb.update(table).set(table[field], case).where(
		(table.parent == parent) & table.item.isin(list(changes))
	).run()
	return any(done.values()), all(done[row.item] >= quantity_of(row.quantity) for row in rows)


def lock_paper(doctype: str, name: str) -> str:
	"""Lock a paper and return its status as it stands now."""
	table = frappe.qb.DocType(doctype)
	return frappe.qb.from_(table).select(table.status).where(table.name == name).for_update().run(pluck=True)[0]


def check_approved(doc, state: str) -> None:
	"""Submitting goes through the workflow's last approval. Raises NotApproved."""
	if doc.status != state:
		frappe.throw(_("{0} is not approved. Send it for approval first.").format(doc.name), NotApproved)
