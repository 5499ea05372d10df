"""Report Idle Assets: what stands in storage, how long, and what it is worth; missing assets too (D15)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import date_diff, today

from kefu_property.rules.money import sum_money
from kefu_property.stores import scope


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, rows, no message, no chart, summary. Filters: `project`, `min_days`."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, None, summary(rows)


def columns() -> list[dict]:
	return [
		{"label": _("Asset"), "fieldname": "name", "fieldtype": "Link", "options": "Fixed Asset Card", "width": 150},
		{"label": _("Asset Name"), "fieldname": "asset_name", "fieldtype": "Data", "width": 180},
		{"label": _("Asset Class"), "fieldname": "asset_class", "fieldtype": "Data", "width": 120},
		{"label": _("Custodian"), "fieldname": "custodian", "fieldtype": "Data", "width": 120},
		{"label": _("Place"), "fieldname": "place", "fieldtype": "Data", "width": 130},
		{"label": _("Idle Since"), "fieldname": "idle_since", "fieldtype": "Date", "width": 110},
		{"label": _("Days Idle"), "fieldname": "days", "fieldtype": "Int", "width": 90},
		{"label": _("Missing Since"), "fieldname": "missing_since", "fieldtype": "Date", "width": 110},
		{"label": _("Net Value"), "fieldname": "net_value", "fieldtype": "Currency", "width": 120},
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	card, user = frappe.qb.DocType("Fixed Asset Card"), frappe.qb.DocType("User")
	query = (
		frappe.qb.from_(card)
		.left_join(user)
		.on(user.name == card.custodian)
		.select(
			card.name,
			card.asset_name,
			card.asset_class,
			user.full_name.as_("custodian"),
			card.place,
			card.idle_since,
			card.missing_since,
			card.net_value,
		)
		.where(card.status == "Idle")
		.orderby(card.idle_since)
	)
	rows = scope.limit(query, card, filters).run(as_dict=True)
	for row in rows:
		row.days = date_diff(today(), row.idle_since) if row.idle_since else None
	return [row for row in rows if (row.days or 0) >= int(filters.min_days or 0)]


def summary(rows: list[dict]) -> list[dict]:
	return [
		{"label": _("Idle Assets"), "value": len(rows), "datatype": "Int", "indicator": "Orange" if rows else "Green"},
		{"label": _("Net Value"), "value": sum_money(row.net_value for row in rows), "datatype": "Currency"},
	]
