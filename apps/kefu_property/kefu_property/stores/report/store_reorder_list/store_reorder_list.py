"""Report Store Reorder List: what is below its minimum, what is on order, what to buy (D15)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder.functions import Sum

from kefu_property.rules.stock_cost import quantity_of
from kefu_property.stores import scope


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Columns and rows. Filters: `project`, `store`."""
	return columns(), get_rows(frappe._dict(filters or {}))


def columns() -> list[dict]:
	number = {"fieldtype": "Float", "precision": 3, "width": 110}
	return [
		{"label": _("Store"), "fieldname": "store", "fieldtype": "Link", "options": "Material Store", "width": 150},
		{"label": _("Item"), "fieldname": "item", "fieldtype": "Link", "options": "Store Item", "width": 130},
		{"label": _("Material Name"), "fieldname": "item_name", "fieldtype": "Data", "width": 200},
		{"label": _("In Stock"), "fieldname": "quantity", **number},
		{"label": _("Unit of Measure"), "fieldname": "unit", "fieldtype": "Data", "width": 70},
		{"label": _("Minimum Stock"), "fieldname": "min_quantity", **number},
		{"label": _("On Order"), "fieldname": "on_order", **number},
		{"label": _("To Order"), "fieldname": "to_order", **number},
		{
			"label": _("Usual Supplier"),
			"fieldname": "supplier",
			"fieldtype": "Link",
			"options": "Store Supplier",
			"width": 160,
		},
	]


def get_rows(filters: frappe._dict) -> list[frappe._dict]:
	"""Rows below their minimum; `to_order` is the reorder quantity, at least up to the minimum, less what is on order."""
	stock, item = frappe.qb.DocType("Store Stock"), frappe.qb.DocType("Store Item")
	query = (
		frappe.qb.from_(stock)
		.join(item)
		.on(item.name == stock.item)
		.select(
			stock.project,
			stock.store,
			stock.item,
			stock.item_name,
			stock.unit,
			stock.quantity,
			stock.min_quantity,
			stock.reorder_quantity,
			item.supplier,
			item.list_price,
		)
		.where((stock.below_minimum == 1) & (item.disabled == 0))
		.orderby(stock.store)
		.orderby(stock.item)
	)
	if filters.store:
		query = query.where(stock.store == filters.store)
	rows = scope.limit(query, stock, filters).run(as_dict=True)
	ordered = on_order({row.store for row in rows})
	for row in rows:
		row.on_order = ordered.get((row.store, row.item), quantity_of(0))
		short = quantity_of(row.min_quantity) - quantity_of(row.quantity)
		row.to_order = max(max(short, quantity_of(row.reorder_quantity)) - row.on_order, quantity_of(0))
	return rows


def on_order(stores: set[str]) -> dict:
	"""Quantity that was asked for and has not arrived, by store and item."""
	request, line = frappe.qb.DocType("Store Purchase Request"), frappe.qb.DocType("Store Purchase Item")
	rows = (
		frappe.qb.from_(line)
		.join(request)
		.on(request.name == line.parent)
		.select(request.store, line.item, Sum(line.quantity - line.received))
		.where(request.store.isin(list(stores) or [""]) & request.status.notin(["Received", "Closed"]))
		.groupby(request.store, line.item)
		.run()
	)
	return {(store, item): quantity_of(quantity) for store, item, quantity in rows}
