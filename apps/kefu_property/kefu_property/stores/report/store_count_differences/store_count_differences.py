"""Report Store Count Differences: what counts found too much or too little (D15)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.rules.money import D, sum_money
from kefu_property.stores import scope


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, rows, no message, no chart, summary. Filters: `project`, `store`, `from_date`, `to_date`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, None, summary(rows)


def columns() -> list[dict]:
	number = {"fieldtype": "Float", "precision": 3, "width": 110}
	return [
		{"label": _("Counted On"), "fieldname": "counted_on", "fieldtype": "Date", "width": 110},
		{"label": _("Stock Count"), "fieldname": "count", "fieldtype": "Link", "options": "Store Count", "width": 170},
		{"label": _("Store"), "fieldname": "store", "fieldtype": "Link", "options": "Material Store", "width": 130},
		{"label": _("Material Name"), "fieldname": "item_name", "fieldtype": "Data", "width": 180},
		{"label": _("On the Books"), "fieldname": "book_quantity", **number},
		{"label": _("Counted"), "fieldname": "counted", "fieldtype": "Data", "width": 90},
		{"label": _("Difference"), "fieldname": "difference", **number},
		{"label": _("Value of Difference"), "fieldname": "difference_value", "fieldtype": "Currency", "width": 130},
		{"label": _("Remarks"), "fieldname": "remarks", "fieldtype": "Data", "width": 180},
		{"label": _("Status"), "fieldname": "status", "fieldtype": "Data", "width": 110},
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	count, item = frappe.qb.DocType("Store Count"), frappe.qb.DocType("Store Count Item")
	query = (
		frappe.qb.from_(item)
		.join(count)
		.on(count.name == item.parent)
		.select(
			count.counted_on,
			count.name.as_("count"),
			count.store,
			count.status,
			item.item_name,
			item.book_quantity,
			item.counted,
			item.difference,
			item.difference_value,
			item.remarks,
		)
		.where((count.docstatus < 2) & (item.difference != 0))
		.orderby(count.counted_on)
		.orderby(item.idx)
	)
	if filters.store:
		query = query.where(count.store == filters.store)
	if filters.from_date:
		query = query.where(count.counted_on >= getdate(filters.from_date))
	if filters.to_date:
		query = query.where(count.counted_on <= getdate(filters.to_date))
	rows = scope.limit(query, count, filters).run(as_dict=True)
	for row in rows:
		row.status = _(row.status)
	return rows


def summary(rows: list[dict]) -> list[dict]:
	over = sum_money(D(row.difference_value) for row in rows if row.difference > 0)
	short = sum_money(D(row.difference_value) for row in rows if row.difference < 0)
	return [
		{"label": _("Too Much"), "value": over, "datatype": "Currency", "indicator": "Orange" if over else "Green"},
		{"label": _("Too Little"), "value": short, "datatype": "Currency", "indicator": "Red" if short else "Green"},
	]
