"""Report Dormitory Deposits Held: what is held of each person on a day, as the sum of the entries."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import Case
from frappe.query_builder.functions import Max, Sum

from kefu_property.dormitory.scope import column, scoped
from kefu_property.rules.money import D, sum_money


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, rows by person, summary. Filters: `project`, `as_of`."""
	rows = get_rows(frappe._dict(filters or {}))
	total = sum_money(row.held for row in rows)
	return (
		columns(),
		rows,
		None,
		None,
		[{"label": _("Deposits Held"), "value": total, "datatype": "Currency", "indicator": "Blue"}],
	)


def columns() -> list[dict]:
	return [
		column(_("Staff Member"), "staff", "Link", 150, "Staff Member"),
		column(_("Name"), "staff_name", width=120),
		column(_("Paid In"), "paid_in", "Currency", 120),
		column(_("Deducted"), "deducted", "Currency", 120),
		column(_("Refunded"), "refunded", "Currency", 120),
		column(_("Deposit Held"), "held", "Currency", 120),
		column(_("Last Entry"), "last", "Date", 120),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	entry = frappe.qb.DocType("Dormitory Deposit Entry")
	query = (
		frappe.qb.from_(entry)
		.select(
			entry.staff,
			Max(entry.staff_name).as_("staff_name"),
			Sum(entry.amount).as_("held"),
			Max(entry.posting_date).as_("last"),
		)
		.groupby(entry.staff)
		.orderby(entry.staff)
	)
	for kind in ("Paid In", "Deducted", "Refunded"):
		query = query.select(Sum(Case().when(entry.kind == kind, entry.amount).else_(0)).as_(frappe.scrub(kind)))
	if filters.as_of:
		query = query.where(entry.posting_date <= filters.as_of)
	rows = scoped(query, entry, filters).run(as_dict=True)
	for row in rows:
		row.held, row.paid_in = D(str(row.held)), D(str(row.paid_in))
		row.deducted, row.refunded = -D(str(row.deducted)), -D(str(row.refunded))
	return [row for row in rows if row.held]
