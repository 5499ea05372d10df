"""Report Asset Register as of a Day: what was in the books, with value and depreciation up to that day (D15)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder.functions import Sum
from frappe.utils import getdate, today

from kefu_property.rules.money import D, sum_money
from kefu_property.stores import scope


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None, list[dict]]:
	"""Columns, rows, no message, chart by class, summary. Filters: `project`, `asset_class`, `department`, `custodian`, `as_of`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, chart(rows), summary(rows)


def columns() -> list[dict]:
	return [
		{"label": _("Asset"), "fieldname": "asset", "fieldtype": "Link", "options": "Fixed Asset Card", "width": 150},
		{"label": _("Asset Name"), "fieldname": "asset_name", "fieldtype": "Data", "width": 180},
		{"label": _("Asset Class"), "fieldname": "asset_class", "fieldtype": "Data", "width": 120},
		{"label": _("Status"), "fieldname": "status", "fieldtype": "Data", "width": 90},
		{"label": _("Custodian"), "fieldname": "custodian", "fieldtype": "Data", "width": 110},
		{"label": _("Place"), "fieldname": "place", "fieldtype": "Data", "width": 120},
		{"label": _("Acquired On"), "fieldname": "acquired_on", "fieldtype": "Date", "width": 110},
		{"label": _("Original Value"), "fieldname": "cost", "fieldtype": "Currency", "width": 120},
		{"label": _("Accumulated Depreciation"), "fieldname": "accumulated", "fieldtype": "Currency", "width": 130},
		{"label": _("Net Value"), "fieldname": "net", "fieldtype": "Currency", "width": 120},
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	entry, card = frappe.qb.DocType("Fixed Asset Entry"), frappe.qb.DocType("Fixed Asset Card")
	user = frappe.qb.DocType("User")
	query = (
		frappe.qb.from_(entry)
		.join(card)
		.on(card.name == entry.asset)
		.left_join(user)
		.on(user.name == card.custodian)
		.select(
			entry.asset,
			card.asset_name,
			card.asset_class,
			card.status,
			user.full_name.as_("custodian"),
			card.place,
			card.acquired_on,
			Sum(entry.cost_change).as_("cost"),
			Sum(entry.depreciation_change).as_("accumulated"),
		)
		.where(entry.posting_date <= getdate(filters.as_of or today()))
		.groupby(entry.asset)
		.having(Sum(entry.cost_change) != 0)
		.orderby(card.asset_class)
		.orderby(entry.asset)
	)
	for fieldname in ("asset_class", "department", "custodian"):
		if filters.get(fieldname):
			query = query.where(card[fieldname] == filters[fieldname])
	rows = scope.limit(query, entry, filters).run(as_dict=True)
	for row in rows:
		row.cost, row.accumulated = D(row.cost), D(row.accumulated)
		row.net, row.status = row.cost - row.accumulated, _(row.status)
	return rows


def chart(rows: list[dict]) -> dict | None:
	classes = list(dict.fromkeys(row.asset_class for row in rows))
	if not classes:
		return None
	values = [sum_money(row.net for row in rows if row.asset_class == name) for name in classes]
	return {"data": {"labels": classes, "datasets": [{"name": _("Net Value"), "values": values}]}, "type": "bar"}


def summary(rows: list[dict]) -> list[dict]:
	return [
		{"label": _("Assets"), "value": len(rows), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Original Value"), "value": sum_money(row.cost for row in rows), "datatype": "Currency"},
		{
			"label": _("Net Value"),
			"value": sum_money(row.net for row in rows),
			"datatype": "Currency",
			"indicator": "Green",
		},
	]
