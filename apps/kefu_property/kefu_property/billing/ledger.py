"""The ledger: append-only entries whose sum is every balance, as of any date (DESIGN §4.2).

Sign: positive means the payer owes more, negative that the payer owes less. Accounts: Receivable (bills, penalties,
payments, waivers), Prepayment (money received ahead, negative while it is there), Deposit. An entry's name is its
voucher's name and a number, so that the primary key refuses a second posting of one voucher.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

import frappe

from kefu_property.billing import bulk
from kefu_property.rules.money import D

RECEIVABLE, PREPAYMENT, DEPOSIT = "Receivable", "Prepayment", "Deposit"
COLUMNS = (
	"name",
	"posting_date",
	"project",
	"unit",
	"resident",
	"fee_item",
	"account",
	"kind",
	"amount",
	"invoice",
	"voucher_type",
	"voucher",
	"reverses",
)


class Entry(NamedTuple):
	posting_date: datetime.date | str
	project: str
	unit: str | None
	resident: str
	fee_item: str | None
	account: str
	kind: str
	amount: Decimal
	invoice: str | None
	voucher_type: str
	voucher: str
	reverses: str | None = None


def post(entries: Iterable[Entry], start: int = 1, mark: str = "") -> int:
	"""Append the entries of one or several vouchers; returns their number. Zero amounts are left out.

	Entries of one voucher are numbered from `start` in the order given. `mark` sets later postings of the same voucher (its
	cancellation) apart.
	"""
	numbers: dict[str, int] = {}

	def rows():
		for entry in entries:
			if entry.amount:
				number = numbers[entry.voucher] = numbers.get(entry.voucher, start - 1) + 1
				yield (f"{entry.voucher}-{mark}{number}", *entry)

	return bulk.insert("Fee Ledger Entry", COLUMNS, rows())


def balance(
	account: str = RECEIVABLE,
	unit: str | None = None,
	resident: str | Sequence[str] | None = None,
	project: str | None = None,
	as_of: datetime.date | str | None = None,
	lock: bool = False,
) -> Decimal:
	"""Sum of the entries of an account, for a unit, one or several residents, or a project, as of the end of a day.

	`lock` reads the latest committed entries and holds them until the transaction ends, so that a balance is not spent twice.
	"""
	conditions, values = ["account = %(account)s"], {"account": account}
	if unit:
		conditions.append("unit = %(unit)s")
		values["unit"] = unit
	if resident:
		conditions.append("resident in %(residents)s")
		values["residents"] = (resident,) if isinstance(resident, str) else tuple(resident)
	if project:
		conditions.append("project = %(project)s")
		values["project"] = project
	if as_of:
		conditions.append("posting_date <= %(as_of)s")
		values["as_of"] = as_of
	where = " and ".join(conditions)  # constants of this function only
	# lint: allow sql-string: conditions are the constants above, values are parameters
	total = frappe.db.sql(
		f"select ifnull(sum(amount), 0) from `tabFee Ledger Entry` where {where} {'for update' if lock else ''}", values
	)[0][0]
	return D(total).quantize(Decimal("0.01"))
