"""The stock ledger: append-only, in the order of posting, never negative (D15).

A row carries the stock after it, so that the stock of any day is the last row up to that day. Every posting first locks the
Store Stock rows that it touches; two issues of the last piece come one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.query_builder.functions import Max
from frappe.utils import add_days, getdate, now, today
from pypika.terms import Values

from kefu_property.rules.money import D
from kefu_property.rules.stock_cost import NotEnough, Stock, change, quantity_of
from kefu_property.stores.exceptions import InsufficientStock, PostingDate

ROW_FIELDS = (
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"project",
	"store",
	"item",
	"stock",
	"number",
	"position",
	"posting_date",
	"posted_on",
	"quantity",
	"value",
	"quantity_after",
	"value_after",
	"kind",
	"reference_doctype",
	"reference_name",
	"department",
	"reversal",
	"movement_row",
)


@dataclass
class Step:
	"""One change: `quantity` signed; `value` signed or None for the average; `mirror`: the value of the step before."""

	store: str
	item: str
	quantity: Decimal
	value: Decimal | None = None
	row: str | None = None
	mirror: bool = False


def post(
	doc,
	steps: Sequence[Step],
	kind: str,
	posting_date: date | str,
	department: str | None = None,
	reversal: bool = False,
) -> list[Decimal]:
	"""Write ledger rows for `steps` and return their signed values in yuan.

	Raises InsufficientStock naming item and stock, PostingDate when an item was posted later already.
	"""
	on = getdate(posting_date)
	if on > getdate(today()):
		frappe.throw(_("The posting date lies in the future."), PostingDate)
	stocks = lock({(step.store, step.item) for step in steps})
	stamp, rows, values = now(), [], []
	for step in steps:
		stock = stocks[step.store, step.item]
		if stock.last_posting and on < getdate(stock.last_posting):
			frappe.throw(
				_("{0} was posted on {1} already. Use that day or a later one.").format(
					stock.item_name, frappe.utils.format_date(stock.last_posting)
				),
				PostingDate,
			)
		given = -values[-1] if step.mirror else step.value
		try:
			after, value = change(Stock(stock.quantity, stock.value), step.quantity, given)
		except NotEnough:
			frappe.throw(
				_("Only {0} {1} of {2} lie in {3}. Reduce the quantity or receive goods first.").format(
					f"{stock.quantity.normalize():f}", stock.unit, stock.item_name, stock.store
				),
				InsufficientStock,
			)
		stock.quantity, stock.value, stock.last_number, stock.last_posting = (
			after.quantity,
			after.value,
			stock.last_number + 1,
			on,
		)
		values.append(value)
		rows.append(
			(
				frappe.generate_hash(length=10),
				stamp,
				stamp,
				frappe.session.user,
				frappe.session.user,
				stock.project,
				step.store,
				step.item,
				stock.name,
				stock.last_number,
				position_of(on, stock.last_number),
				on,
				stamp,
				step.quantity,
				value,
				after.quantity,
				after.value,
				kind,
				doc.doctype,
				doc.name,
				department,
				int(reversal),
				step.row,
			)
		)
	frappe.db.bulk_insert("Store Ledger Row", ROW_FIELDS, rows)
	_save(stocks.values(), stamp)
	return values


def position_of(day: date, number: int) -> str:
	"""Where a row stands among those of its stock: by day, then by number; sorts as text."""
	return f"{day:%Y%m%d}-{number:010d}"


def lock(pairs: set[tuple[str, str]]) -> dict[tuple[str, str], frappe._dict]:
	"""Stock rows of (store, item), made when missing and locked until the end of the transaction, always in one order."""
	pairs = sorted(pairs)
	stores = _facts("Material Store", {store for store, _item in pairs}, ["name", "project"])
	items = _facts(
		"Store Item",
		{item for _store, item in pairs},
		["name", "item_name", "unit", "min_quantity", "reorder_quantity"],
	)
	table, stamp, user = frappe.qb.DocType("Store Stock"), now(), frappe.session.user
	query = frappe.qb.into(table).columns(
		"name",
		"creation",
		"modified",
		"owner",
		"modified_by",
		"store",
		"item",
		"project",
		"item_name",
		"unit",
		"min_quantity",
		"reorder_quantity",
	)
	for store, item in pairs:
		facts = items[item]
		query = query.insert(
			frappe.generate_hash(length=10),
			stamp,
			stamp,
			user,
			user,
			store,
			item,
			stores[store].project,
			facts.item_name,
			facts.unit,
			facts.min_quantity,
			facts.reorder_quantity,
		)
	# one statement makes and locks: a locking read of a missing row would lock the gap and deadlock with the next desk
	query.on_duplicate_key_update(table.unit, Values(table.unit)).run()
	rows = (
		frappe.qb.from_(table)
		.select(
			table.name,
			table.store,
			table.item,
			table.item_name,
			table.unit,
			table.project,
			table.quantity,
			table.value,
			table.min_quantity,
			table.last_number,
			table.last_posting,
		)
		.where(table.store.isin([store for store, _item in pairs]) & table.item.isin([item for _store, item in pairs]))
		.orderby(table.store)
		.orderby(table.item)
		.for_update()
		.run(as_dict=True)
	)
	wanted = {}
	for row in rows:
		if (row.store, row.item) in set(pairs):
			row.quantity, row.value = quantity_of(row.quantity), D(row.value).quantize(Decimal("0.01"))
			wanted[row.store, row.item] = row
	return wanted


def _facts(doctype: str, names: set[str], fields: list[str]) -> dict[str, frappe._dict]:
	return {
		row.name: row
		for row in frappe.get_all(doctype, filters={"name": ["in", sorted(names)]}, fields=fields, limit=0)
	}


def _save(stocks, stamp: str) -> None:
	table = frappe.qb.DocType("Store Stock")
	columns = ("name", "quantity", "value", "average_cost", "below_minimum", "last_number", "last_posting", "modified")
	query = frappe.qb.into(table).columns(*columns)
	for stock in stocks:
		query = query.insert(
			stock.name,
			stock.quantity,
			stock.value,
			Stock(stock.quantity, stock.value).average,
			int(stock.quantity < quantity_of(stock.min_quantity)),
			stock.last_number,
			stock.last_posting,
			stamp,
		)
	for column in columns[1:]:
		query = query.on_duplicate_key_update(table[column], Values(table[column]))
	query.run()
	for stock in stocks:
		frappe.clear_document_cache("Store Stock", stock.name)


def balance(
	project: str | None = None, as_of: date | str | None = None, store: str | None = None, projects=None
) -> list[dict]:
	"""Stock at the end of a day: `store`, `item`, `item_name`, `unit`, `shelf`, `quantity`, `value` (Decimal), nothing at zero.

	The last row of each stock up to the day is found by one jump in an index that holds the answer, however long the ledger is.
	`projects` limits to a list of projects.
	"""
	row, stock = frappe.qb.DocType("Store Ledger Row"), frappe.qb.DocType("Store Stock")
	last = (
		frappe.qb.from_(row)
		.select(row.project, row.stock, Max(row.position).as_("position"))
		.where(row.position < position_of(add_days(getdate(as_of or today()), 1), 0))
		.groupby(row.project, row.stock)
	)
	if project:
		last = last.where(row.project == project)
	if projects is not None:
		last = last.where(row.project.isin(projects or [""]))
	last = last.as_("last")
	query = (
		frappe.qb.from_(last)
		.join(row)
		.on((row.project == last.project) & (row.stock == last.stock) & (row.position == last.position))
		.join(stock)
		.on(stock.name == row.stock)
		.select(
			stock.name,
			stock.project,
			stock.store,
			stock.item,
			stock.item_name,
			stock.unit,
			stock.shelf,
			row.quantity_after.as_("quantity"),
			row.value_after.as_("value"),
		)
		.where(row.quantity_after != 0)
		.orderby(stock.store)
		.orderby(stock.item)
	)
	if store:
		query = query.where(stock.store == store)
	return [
		line | {"quantity": quantity_of(line.quantity), "value": D(line.value).quantize(Decimal("0.01"))}
		for line in query.run(as_dict=True)
	]
