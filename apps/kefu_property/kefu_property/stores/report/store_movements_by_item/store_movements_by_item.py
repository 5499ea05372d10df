"""Report Store Movements by Item: opening stock, what came and went, closing stock, and every row of one item (D15)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.stores import scope


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Columns and ledger rows. Filters: `project`, `store`, `item`, `kind`, `from_date`, `to_date`."""
	return columns(), get_rows(frappe._dict(filters or {}))


def columns() -> list[dict]:
	return [
		{"label": _("Posting Date"), "fieldname": "posting_date", "fieldtype": "Date", "width": 110},
		{"label": _("Store"), "fieldname": "store", "fieldtype": "Link", "options": "Material Store", "width": 130},
		{"label": _("Item"), "fieldname": "item", "fieldtype": "Link", "options": "Store Item", "width": 110},
		{"label": _("Material Name"), "fieldname": "item_name", "fieldtype": "Data", "width": 160},
		{"label": _("Kind"), "fieldname": "kind", "fieldtype": "Data", "width": 90},
		{"label": _("Quantity"), "fieldname": "quantity", "fieldtype": "Float", "precision": 3, "width": 100},
		{"label": _("Unit of Measure"), "fieldname": "unit", "fieldtype": "Data", "width": 60},
		{"label": _("Stock Value"), "fieldname": "value", "fieldtype": "Currency", "width": 110},
		{
			"label": _("Quantity After"),
			"fieldname": "quantity_after",
			"fieldtype": "Float",
			"precision": 3,
			"width": 110,
		},
		{"label": _("Value After"), "fieldname": "value_after", "fieldtype": "Currency", "width": 110},
		{
			"label": _("Department"),
			"fieldname": "department",
			"fieldtype": "Link",
			"options": "Cost Department",
			"width": 120,
		},
		{
			"label": _("Paper"),
			"fieldname": "reference_name",
			"fieldtype": "Dynamic Link",
			"options": "reference_doctype",
			"width": 170,
		},
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	row, item = frappe.qb.DocType("Store Ledger Row"), frappe.qb.DocType("Store Item")
	query = (
		frappe.qb.from_(row)
		.join(item)
		.on(item.name == row.item)
		.select(
			row.posting_date,
			row.store,
			row.item,
			item.item_name,
			item.unit,
			row.kind,
			row.reversal,
			row.quantity,
			row.value,
			row.quantity_after,
			row.value_after,
			row.department,
			row.reference_doctype,
			row.reference_name,
		)
		.where(row.posting_date <= getdate(filters.to_date or today()))
		.orderby(row.posting_date)
		.orderby(row.stock)
		.orderby(row.number)
	)
	if filters.from_date:
		query = query.where(row.posting_date >= getdate(filters.from_date))
	for fieldname in ("store", "item", "kind"):
		if filters.get(fieldname):
			query = query.where(row[fieldname] == filters[fieldname])
	rows = scope.limit(query, row, filters).run(as_dict=True)
	for line in rows:
		line.kind = _("Reversal") if line.reversal else _(line.kind)
	return rows
