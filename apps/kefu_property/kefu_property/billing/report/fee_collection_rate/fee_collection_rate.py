"""Collection rate: what has been paid of the bills due in a period, by project, building, collector, item or month (S2)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import today

from kefu_property.billing import reporting
from kefu_property.rules.money import D

GROUPS = {
	"Project": ("i.project", "Property Project"),
	"Building": ("i.building", "Property Building"),
	"Item": ("l.fee_item", "Fee Item"),
	"Month": ("date_format(i.period_start, '%%Y-%%m')", None),
}

COLLECTOR = "Collector"


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Fee Invoice")
	if filters.group_by == COLLECTOR:
		return by_collector(filters)
	group = filters.group_by if filters.group_by in GROUPS else "Building"
	expression, doctype = GROUPS[group]
	label = {"Project": _("Project"), "Building": _("Building"), "Item": _("Fee Item"), "Month": _("Month")}[group]
	columns = [
		reporting.column("label", label, "Link" if doctype else "Data", 180, doctype),
		reporting.column("bills", _("Bills"), "Int", 90),
		reporting.column("billed", _("Billed"), "Currency", 140),
		reporting.column("waived", _("Waived"), "Currency", 120),
		reporting.column("paid", _("Paid"), "Currency", 140),
		reporting.column("open", _("Unpaid"), "Currency", 140),
		reporting.column("rate", _("Collection Rate"), "Percent", 120),
	]
	allowed = reporting.projects(filters)
	rows = collected(expression, allowed, filters) if allowed else []
	billed, waived, paid = (
		sum((row[field] for row in rows), Decimal("0.00")) for field in ("billed", "waived", "paid")
	)
	chart = {
		"data": {
			"labels": [row.label for row in rows],
			"datasets": [{"name": _("Collection Rate"), "values": [row.rate for row in rows]}],
		},
		"type": "bar",
		"colors": ["#0d6b62"],
	}
	summary = [
		{"label": _("Billed"), "value": billed, "datatype": "Currency"},
		{"label": _("Paid"), "value": paid, "datatype": "Currency", "indicator": "Green"},
		{"label": _("Collection Rate"), "value": reporting.percent(paid, billed - waived), "datatype": "Percent"},
	]
	return columns, rows, None, chart if rows else None, summary


def collected(expression: str, allowed: list[str], filters: frappe._dict) -> list[dict]:
	# lint: allow sql-string: the expression is one of the constants of this module
	rows = frappe.db.sql(
		f"""select {expression} label, count(distinct i.name) bills, sum(l.amount) billed, sum(l.amount - l.outstanding) settled,
			sum(l.outstanding) open, ifnull(sum(w.amount), 0) waived
		from `tabFee Invoice` i join `tabFee Invoice Line` l on l.parent = i.name and l.parenttype = 'Fee Invoice'
		left join (
			select v.invoice_line, sum(v.amount) amount from `tabFee Waiver Line` v join `tabFee Waiver` d on d.name = v.parent
			where d.workflow_state = 'Approved' and d.project in %(projects)s group by v.invoice_line
		) w on w.invoice_line = l.name
		where i.project in %(projects)s and i.docstatus = 1 and i.due_date between %(start)s and %(end)s
		group by label order by label""",
		{"projects": tuple(allowed), "start": filters.from_date or "1900-01-01", "end": filters.to_date or today()},
		as_dict=True,
	)
	for row in rows:
		row.billed, row.waived, row.open = D(row.billed), D(row.waived), D(row.open)
		# what was waived is not paid; the rate is of what is left to pay
		row.paid = D(row.settled) - row.waived
		row.rate = reporting.percent(row.paid, row.billed - row.waived)
	return rows


def by_collector(filters: frappe._dict) -> tuple:
	"""Who collected how much of the bills due in the period; the rate is each one's share of what was to be paid."""
	allowed = reporting.projects(filters)
	values = {"projects": tuple(allowed), "start": filters.from_date or "1900-01-01", "end": filters.to_date or today()}
	columns = [
		reporting.column("label", _("Collector"), "Link", 200, "User"),
		reporting.column("bills", _("Bills"), "Int", 90),
		reporting.column("paid", _("Paid"), "Currency", 140),
		reporting.column("rate", _("Collection Rate"), "Percent", 120),
	]
	if not allowed:
		return columns, []
	total = sum((row.billed - row.waived for row in collected("i.project", allowed, filters)), Decimal("0.00"))
	rows = frappe.db.sql(
		"""select p.cashier label, count(distinct i.name) bills, sum(a.amount) paid
		from `tabFee Invoice` i join `tabFee Payment Allocation` a on a.invoice = i.name
		join `tabFee Payment` p on p.name = a.parent and p.docstatus = 1
		where i.project in %(projects)s and i.docstatus = 1 and i.due_date between %(start)s and %(end)s
		group by p.cashier having paid != 0 order by paid desc""",
		values,
		as_dict=True,
	)
	for row in rows:
		row.paid = D(row.paid)
		row.rate = reporting.percent(row.paid, total)
	chart = {
		"data": {
			"labels": [row.label for row in rows],
			"datasets": [{"name": _("Paid"), "values": [str(row.paid) for row in rows]}],
		},
		"type": "bar",
	}
	return columns, rows, None, chart if rows else None
