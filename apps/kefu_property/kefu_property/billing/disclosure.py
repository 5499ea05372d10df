"""What billing publishes on the disclosure board (extension point `disclosure_items`): fees, tariffs, income from common parts (L5, L19)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import format_date

from kefu_property.billing import common_income
from kefu_property.billing.report.fee_collection_rate.fee_collection_rate import collected
from kefu_property.billing.reporting import percent


def items(project: str, start: date, end: date) -> list[dict]:
	"""Sections for the board: fee standards in force at the end of the period, fees of the period, common income and its use."""
	return [standards(project, end), fees(project, start, end), income(project, start, end)]


def standards(project: str, day: date) -> dict:
	rows = frappe.db.sql(
		"""select t.fee_item, t.tariff_name, t.price_unit, p.price, p.valid_from
		from `tabFee Tariff` t join `tabFee Tariff Price` p on p.parent = t.name and p.parenttype = 'Fee Tariff'
		where t.project = %(project)s and t.workflow_state = 'In Force' and p.status = 'Approved'
			and p.valid_from <= %(day)s and (p.valid_to is null or p.valid_to >= %(day)s)
		order by t.fee_item, t.tariff_name""",
		{"project": project, "day": day},
		as_dict=True,
	)
	return {
		"key": "fee_standards",
		"title": _("Fee Items and Standards"),
		"columns": [_("Fee Item"), _("Standard"), _("Price"), _("In Force Since")],
		"rows": [
			[
				_(row.fee_item),  # lint: allow translate-dynamic: the name of a fee item
				row.tariff_name,
				f"{row.price:.2f} {_(row.price_unit or '')}".strip(),
				format_date(row.valid_from),
			]
			for row in rows
		],
	}


def fees(project: str, start: date, end: date) -> dict:
	rows = collected("l.fee_item", [project], frappe._dict(from_date=start, to_date=end))
	billed, waived, paid = (sum((row[name] for row in rows), Decimal("0.00")) for name in ("billed", "waived", "paid"))
	lines = [
		[
			_(row.label),
			_yuan(row.billed),
			_yuan(row.paid),
			f"{row.rate:.1f} %",
		]  # lint: allow translate-dynamic: as above
		for row in rows
	]
	if rows:
		lines.append([_("Total"), _yuan(billed), _yuan(paid), f"{percent(paid, billed - waived):.1f} %"])
	return {
		"key": "fees",
		"title": _("Fees Due and Paid"),
		"columns": [_("Fee Item"), _("Billed (yuan)"), _("Paid (yuan)"), _("Collection Rate")],
		"rows": lines,
	}


def income(project: str, start: date, end: date) -> dict:
	rows = common_income.sums(project, start, end)
	opening = common_income.balance(project, before=start)
	signs = {"Income": 1, "Expense": -1}
	closing = opening + sum((signs[row.kind] * row.amount for row in rows), Decimal("0.00"))
	lines = [
		[
			_(row.kind),
			_(row.source),
			row.entries,
			_yuan(row.amount),
		]  # lint: allow translate-dynamic: options of the entry
		for row in rows
	]
	if rows or opening:
		lines = [
			[_("Opening Balance"), "", "", _yuan(opening)],
			*lines,
			[_("Closing Balance"), "", "", _yuan(closing)],
		]
	return {
		"key": "common_income",
		"title": _("Income from Common Parts and Its Use"),
		"columns": [_("Kind"), _("Source or Use"), _("Entries"), _("Amount (yuan)")],
		"rows": lines,
		"note": _("The income belongs to the owners (Civil Code 282)."),
	}


def _yuan(amount: Decimal) -> str:
	return f"{amount:,.2f}"
