"""Report Advertising Income: rent agreed, received and open by contract, and what is in the owners' books (D5, L19)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.inspection.advertising import tone
from kefu_property.inspection.figures import column, in_my_projects, year
from kefu_property.rules.money import D, sum_money
from kefu_property.suite import state


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, rows, no message, no chart, summary. Filters: `project`, `from_date`, `to_date`: rent due or received in this time."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, None, summary(rows)


def columns() -> list[dict]:
	return [
		column(_("Contract"), "name", "Link", 160, "Advertising Contract"),
		column(_("Advertising Place"), "place", width=170),
		column(_("Advertiser"), "advertiser", width=170),
		column(_("State"), "state_text", width=100),
		column(_("From"), "from_date", "Date", 105),
		column(_("Until"), "to_date", "Date", 105),
		column(_("Rent Due in the Period"), "due", "Currency", 130),
		column(_("Received in the Period"), "got", "Currency", 130),
		column(_("In the Owners' Books"), "booked", "Currency", 130),
		column(_("Rent Overdue"), "overdue", "Currency", 120),
		column(_("Rent Open"), "outstanding", "Currency", 120),
		column(_("Last Content Check"), "last_content_check", "Date", 120),
		column(_("Project"), "project", "Link", 110, "Property Project"),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	contract, place = frappe.qb.DocType("Advertising Contract"), frappe.qb.DocType("Facility")
	query = (
		frappe.qb.from_(contract)
		.join(place)
		.on(place.name == contract.facility)
		.select(
			contract.name,
			contract.project,
			place.facility_name.as_("place"),
			contract.advertiser,
			contract.from_date,
			contract.to_date,
			contract.ended_on,
			contract.next_due_on,
			contract.outstanding,
			contract.last_content_check,
		)
		.where(contract.docstatus == 1)
		.orderby(contract.to_date)
		.orderby(contract.name)
	)
	query = in_my_projects(query, contract)
	if filters.project:
		query = query.where(contract.project == filters.project)
	rows = query.run(as_dict=True)
	names = [row.name for row in rows] or [""]
	first, last = year(filters)
	day = getdate(today())
	lines = frappe.get_all(
		"Advertising Rent Line",
		filters={"parent": ["in", names], "parenttype": "Advertising Contract"},
		fields=["parent", "due_on", "amount", "received"],
	)
	receipts = frappe.get_all(
		"Advertising Rent Receipt",
		filters={"parent": ["in", names], "received_on": ["between", [first, last]]},
		fields=["parent", "amount", "income_entry"],
	)
	approved = approved_entries([row.income_entry for row in receipts if row.income_entry])
	for row in rows:
		mine = [line for line in lines if line.parent == row.name]
		got = [line for line in receipts if line.parent == row.name]
		row.state_text = _(tone(row))
		row.due = sum_money(D(str(line.amount)) for line in mine if first <= line.due_on <= last)
		row.overdue = sum_money(D(str(line.amount)) - D(str(line.received)) for line in mine if line.due_on < day)
		row.got = sum_money(D(str(line.amount)) for line in got)
		row.booked = sum_money(D(str(line.amount)) for line in got if line.income_entry in approved)
	return rows


def approved_entries(names: list[str]) -> set[str]:
	"""Entries of the owners' books that are approved; none while billing is off."""
	if not state.is_enabled("billing"):
		return set()
	from kefu_property.billing import api as billing  # optional: contracts are kept without billing, too

	return {name for name, step in billing.common_income_states(names).items() if step == "Approved"}


def summary(rows: list[dict]) -> list[dict]:
	def total(fieldname: str):
		return sum_money(D(str(row[fieldname])) for row in rows)

	return [
		{"label": _("Received in the Period"), "value": total("got"), "datatype": "Currency", "indicator": "Green"},
		{"label": _("In the Owners' Books"), "value": total("booked"), "datatype": "Currency", "indicator": "Blue"},
		{"label": _("Rent Overdue"), "value": total("overdue"), "datatype": "Currency", "indicator": "Red"},
	]
