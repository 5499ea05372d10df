"""Report Store Balance: what lies in the stores at the end of a day, with its value (D15)."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.rules.money import sum_money
from kefu_property.rules.stock_cost import Stock
from kefu_property.stores import ledger, scope


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart by store, summary. Filters: `project`, `store`, `as_of`."""
	filters = frappe._dict(filters or {})
	rows = ledger.balance(filters.project, filters.as_of, filters.store, scope.projects())
	for row in rows:
		row["average_cost"] = Stock(row["quantity"], row["value"]).average
	return columns(), rows, None, chart(rows), summary(rows)


def columns() -> list[dict]:
	return [
		{"label": _("Store"), "fieldname": "store", "fieldtype": "Link", "options": "Material Store", "width": 150},
		{"label": _("Item"), "fieldname": "item", "fieldtype": "Link", "options": "Store Item", "width": 130},
		{"label": _("Material Name"), "fieldname": "item_name", "fieldtype": "Data", "width": 200},
		{"label": _("Shelf"), "fieldname": "shelf", "fieldtype": "Data", "width": 90},
		{"label": _("Quantity"), "fieldname": "quantity", "fieldtype": "Float", "precision": 3, "width": 110},
		{"label": _("Unit of Measure"), "fieldname": "unit", "fieldtype": "Data", "width": 70},
		{"label": _("Average Cost"), "fieldname": "average_cost", "fieldtype": "Float", "precision": 4, "width": 110},
		{"label": _("Stock Value"), "fieldname": "value", "fieldtype": "Currency", "width": 120},
	]


def chart(rows: list[dict]) -> dict | None:
	stores = list(dict.fromkeys(row["store"] for row in rows))
	if not stores:
		return None
	values = [sum_money(row["value"] for row in rows if row["store"] == store) for store in stores]
	return {"data": {"labels": stores, "datasets": [{"name": _("Stock Value"), "values": values}]}, "type": "bar"}


def summary(rows: list[dict]) -> list[dict]:
	total = sum_money(row["value"] for row in rows)
	return [
		{"label": _("Items in Stock"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Stock Value"), "value": total, "datatype": "Currency", "indicator": "Green"},
	]
