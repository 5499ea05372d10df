"""Report Asset Movements: who handed which asset to whom (D15)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.stores import scope


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Columns and rows. Filters: `project`, `asset`, `custodian`, `from_date`, `to_date`."""
	return columns(), get_rows(frappe._dict(filters or {}))


def columns() -> list[dict]:
	return [
		{"label": _("Transfer Date"), "fieldname": "transfer_date", "fieldtype": "Date", "width": 110},
		{
			"label": _("Transfer Slip"),
			"fieldname": "transfer",
			"fieldtype": "Link",
			"options": "Fixed Asset Transfer",
			"width": 170,
		},
		{"label": _("Asset"), "fieldname": "asset", "fieldtype": "Link", "options": "Fixed Asset Card", "width": 150},
		{"label": _("Asset Name"), "fieldname": "asset_name", "fieldtype": "Data", "width": 160},
		{"label": _("From Custodian"), "fieldname": "sender", "fieldtype": "Data", "width": 110},
		{"label": _("New Custodian"), "fieldname": "receiver", "fieldtype": "Data", "width": 110},
		{"label": _("From Place"), "fieldname": "from_place", "fieldtype": "Data", "width": 120},
		{"label": _("New Place"), "fieldname": "to_place", "fieldtype": "Data", "width": 120},
		{"label": _("Status"), "fieldname": "status", "fieldtype": "Data", "width": 110},
		{"label": _("Answered On"), "fieldname": "answered_on", "fieldtype": "Datetime", "width": 150},
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	transfer, item = frappe.qb.DocType("Fixed Asset Transfer"), frappe.qb.DocType("Fixed Asset Transfer Item")
	sender, receiver = frappe.qb.DocType("User").as_("sender"), frappe.qb.DocType("User").as_("receiver")
	query = (
		frappe.qb.from_(transfer)
		.join(item)
		.on(item.parent == transfer.name)
		.left_join(sender)
		.on(sender.name == item.from_custodian)
		.left_join(receiver)
		.on(receiver.name == transfer.to_custodian)
		.select(
			transfer.transfer_date,
			transfer.name.as_("transfer"),
			item.asset,
			item.asset_name,
			sender.full_name.as_("sender"),
			receiver.full_name.as_("receiver"),
			item.from_place,
			transfer.to_place,
			transfer.status,
			transfer.answered_on,
		)
		.where(transfer.docstatus == 1)
		.orderby(transfer.transfer_date)
		.orderby(transfer.name)
		.orderby(item.idx)
	)
	if filters.asset:
		query = query.where(item.asset == filters.asset)
	if filters.custodian:
		query = query.where((item.from_custodian == filters.custodian) | (transfer.to_custodian == filters.custodian))
	if filters.from_date:
		query = query.where(transfer.transfer_date >= getdate(filters.from_date))
	if filters.to_date:
		query = query.where(transfer.transfer_date <= getdate(filters.to_date))
	rows = scope.limit(query, transfer, filters).run(as_dict=True)
	for row in rows:
		row.status = _(row.status)
	return rows
