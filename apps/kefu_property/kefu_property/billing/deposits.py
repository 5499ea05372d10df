"""Deposits: money of the payer that the office holds, deducts from with evidence, and returns after its period.

What is held is a row of the deposit and the sum of its ledger entries; every change locks the deposit first.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.billing import ledger
from kefu_property.billing.exceptions import DepositNotDue, DepositTooSmall, NotADeposit
from kefu_property.rules.money import D

ZERO = Decimal("0.00")
AWAITING, HELD, PARTLY, RETURNED, REVERSED = "Awaiting Payment", "Held", "Partly Returned", "Returned", "Reversed"


def lock(name: str) -> dict:
	"""The deposit's current row, held until the transaction ends. Raises NotADeposit when there is none."""
	rows = frappe.db.sql(
		"""select name, project, unit, resident, fee_item, status, amount, balance, deducted, returned, release_on
		from `tabFee Deposit` where name = %s for update""",
		name,
		as_dict=True,
	)
	if not rows:
		frappe.throw(_("Deposit {0} does not exist.").format(frappe.utils.escape_html(name or "")), NotADeposit)
	row = rows[0]
	for field in ("amount", "balance", "deducted", "returned"):
		row[field] = D(row[field]).quantize(Decimal("0.01"))
	return row


def apart(bills: list, tariffs: set[str]) -> tuple[list, list[tuple]]:
	"""(bills to write, [(bill, line)] to ask for as deposits): lines of tariffs of deposits leave the bills, empty bills fall away."""
	if not tariffs:
		return bills, []
	asked = [(bill, line) for bill in bills for line in bill.lines if line.tariff in tariffs]
	for bill in bills:
		bill.lines = [line for line in bill.lines if line.tariff not in tariffs]
	return [bill for bill in bills if bill.lines], asked


def ask(run, asked: list[tuple]) -> list[str]:
	"""Draft the deposits that a billing run asks for; each waits for the cashier. The run's approval was the permission."""
	return [
		# lint: allow query-in-loop: a document for each deposit
		frappe.get_doc(
			{
				"doctype": "Fee Deposit",
				"project": run.project,
				"resident": bill.resident,
				"unit": bill.unit["name"],
				"fee_item": line.fee_item,
				"amount": str(line.amount),
				"purpose": frappe.get_cached_value("Fee Tariff", line.tariff, "tariff_name"),
				"reference_doctype": "Fee Tariff",
				"reference_name": line.tariff,
				"billing_run": run.name,
			}
		)
		.insert(ignore_permissions=True)  # see above
		.name
		for bill, line in asked
	]


def asked_outside(tariff: str, units: list[str], period) -> set[str]:
	"""Units of which runs outside a period have asked the deposit of a tariff; what was reversed may be asked again."""
	deposit, run = frappe.qb.DocType("Fee Deposit"), frappe.qb.DocType("Billing Run")
	rows = (
		frappe.qb.from_(deposit)
		.join(run)
		.on(run.name == deposit.billing_run)
		.select(deposit.unit)
		.where((deposit.reference_doctype == "Fee Tariff") & (deposit.reference_name == tariff))
		.where(deposit.unit.isin(units or [""]) & (deposit.status != REVERSED))
		.where((run.period_end < period.start) | (run.period_start > period.end))
		.run()
	)
	return {unit for (unit,) in rows}


def drop_asked(run: str) -> int:
	"""A run is cancelled: what it asked for and nobody has paid is asked for no longer. Returns the number of drafts."""
	names = frappe.get_all("Fee Deposit", filters={"billing_run": run, "docstatus": 0}, pluck="name")
	for name in names:
		# lint: allow query-in-loop: a document for each deposit
		frappe.delete_doc(
			"Fee Deposit", name, ignore_permissions=True
		)  # who may cancel a run was checked by the caller
	return len(names)


def take(doc) -> None:
	"""Write the receipt of a deposit that has just been submitted."""
	payment = frappe.get_doc(
		{
			"doctype": "Fee Payment",
			"docstatus": 1,
			"project": doc.project,
			"resident": doc.resident,
			"posting_date": doc.taken_on,
			"method": doc.method,
			"reference_no": doc.reference_no,
			"amount": str(D(doc.amount)),
			"fee_deposit": doc.name,
		}
	)
	payment.flags.takes_deposit = True
	payment.flags.ignore_permissions = doc.flags.ignore_permissions
	payment.insert()
	doc.db_set("fee_payment", payment.name)


def take_back(name: str) -> None:
	"""The receipt of a deposit is reversed: nothing of it may have been used. Raises DepositTooSmall."""
	row = lock(name)
	if row.status != HELD or row.balance != row.amount:
		frappe.throw(
			_("Of deposit {0} {1} yuan are still held. Its receipt cannot be reversed any more.").format(
				name, row.balance
			),
			DepositTooSmall,
		)
	_write(name, balance=ZERO, status=REVERSED)


def check_use(row: dict, amount: Decimal, deducted: Decimal) -> None:
	"""Whether so much of a deposit can be returned and deducted today. Raises NotADeposit, DepositTooSmall, DepositNotDue."""
	if row["status"] not in (HELD, PARTLY):
		frappe.throw(_("Deposit {0} is {1}.").format(row["name"], _(row["status"])), NotADeposit)
	if amount + deducted > row["balance"]:
		frappe.throw(
			_("Of deposit {0} {1} yuan are held, {2} yuan were to be returned and deducted.").format(
				row["name"], row["balance"], amount + deducted
			),
			DepositTooSmall,
		)
	if amount and row["release_on"] and getdate(row["release_on"]) > getdate(today()):
		frappe.throw(
			_("Deposit {0} may be returned from {1} on.").format(row["name"], frappe.format(row["release_on"], "Date")),
			DepositNotDue,
		)


def use(row: dict, amount: Decimal, deducted: Decimal) -> None:
	"""Lower a locked deposit."""
	balance = row["balance"] - amount - deducted
	_write(
		row["name"],
		balance=balance,
		deducted=row["deducted"] + deducted,
		returned=row["returned"] + amount,
		status=PARTLY if balance else RETURNED,
	)


def _write(name: str, **values) -> None:
	frappe.db.set_value("Fee Deposit", name, {key: str(value) for key, value in values.items()})


def held_as_of(projects: list[str], as_of: datetime.date | str | None = None, item: str | None = None) -> list[dict]:
	"""Deposits with what is held at the end of a day by the ledger, those with nothing left excluded; amounts are Decimal."""
	if not projects:
		return []
	rows = frappe.db.sql(
		"""select d.name, d.project, d.unit, d.resident, d.payer_name, d.fee_item, d.taken_on, d.release_on, d.amount,
			-sum(e.amount) held, sum(if(e.kind = 'Deduction', e.amount, 0)) deducted, sum(if(e.kind = 'Refund', e.amount, 0)) returned
		from `tabFee Deposit` d
		join (
			select name voucher, fee_deposit from `tabFee Payment` where fee_deposit is not null and docstatus = 1
			union all select name, fee_deposit from `tabFee Refund` where fee_deposit is not null and docstatus = 1
		) v on v.fee_deposit = d.name
		join `tabFee Ledger Entry` e on e.voucher = v.voucher and e.account = %(account)s and e.posting_date <= %(as_of)s
		where d.project in %(projects)s and (%(item)s is null or d.fee_item = %(item)s)
		group by d.name having held != 0 order by d.taken_on, d.name""",
		{
			"account": ledger.DEPOSIT,
			"as_of": getdate(as_of or today()),
			"projects": tuple(projects),
			"item": item or None,
		},
		as_dict=True,
	)
	for row in rows:
		for field in ("amount", "held", "deducted", "returned"):
			row[field] = D(row[field]).quantize(Decimal("0.01"))
	return rows
