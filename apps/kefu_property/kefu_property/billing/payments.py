"""Posting and reversing payments: one transaction that locks the cashier's day, the payer, the bills in the order of their names,
and last the receipt number.

Everybody locks in this order, so that cashiers wait for each other for milliseconds but never in a circle.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.billing import bank, deposits, invoices, ledger, prepayments, receipt_books, till
from kefu_property.billing.exceptions import (
	AlreadyReversed,
	BillNotPayable,
	CancelNeedsReason,
	MoreThanOpen,
	NotAMoneyAmount,
	PrepaymentTooSmall,
)
from kefu_property.rules import allocation
from kefu_property.rules.money import D

ZERO = Decimal("0.00")
PREPAYMENT_METHOD = "Prepayment"
AMOUNT = re.compile(r"[0-9]{1,13}(\.[0-9]{1,2})?")


def money(value, allow_zero: bool = False) -> Decimal:
	"""A positive amount of yuan with at most two decimals, as typed by people or sent by programs.

	Raises NotAMoneyAmount for anything else: signs, exponents, full-width digits, NaN, three decimals.
	"""
	text = f"{value!r}" if isinstance(value, float) else str(value if value is not None else "").strip()
	if not AMOUNT.fullmatch(text) or (not allow_zero and not Decimal(text)):
		frappe.throw(
			_(
				"{0} is not an amount of money. Type a positive number of yuan with at most two decimals, such as 120.50."
			).format(frappe.utils.escape_html(text[:40]) or "–"),
			NotAMoneyAmount,
		)
	return Decimal(text).quantize(Decimal("0.01"))


def lock_payers(residents) -> None:
	"""Payments, reversals, refunds and runs that touch a payer's prepayment wait for each other here, before they lock anything of it.

	Reading a balance to spend it locks a range of the ledger; without this lock, two of them would each wait for the other.
	"""
	names = tuple(sorted(set(residents)))
	if names:
		frappe.db.sql("select name from `tabResident` where name in %s order by name for update", (names,))


def prepare(doc) -> None:
	"""Lock what a payment touches and fill its allocations and sums. Runs before the document is written.

	The rows of `allocations` that the caller sent (bill, amount) are the payer's designation (L3).
	"""
	amount = money(doc.amount)
	lock_payers([doc.resident])
	doc.deposited = ZERO
	if doc.flags.takes_deposit:
		doc.set("allocations", [])
		doc.allocated, doc.prepaid, doc.deposited = ZERO, ZERO, amount
		return
	doc.fee_deposit = None
	designated: dict[str, Decimal] = defaultdict(lambda: ZERO)
	for row in doc.allocations:
		designated[row.invoice] += money(row.amount, allow_zero=True)
	names = set(designated)
	if not (designated and doc.keep_rest):
		# what is not designated settles the payer's own debts
		names.update(
			frappe.get_all(
				"Fee Invoice",
				filters={"resident": doc.resident, "project": doc.project, "docstatus": 1, "outstanding": [">", 0]},
				pluck="name",
			)
		)
	if not designated and doc.keep_rest:
		names = set()
	if sum(designated.values()) > amount:
		frappe.throw(
			_("{0} yuan are chosen on bills but only {1} yuan are paid.").format(sum(designated.values()), amount),
			MoreThanOpen,
		)
	bills = invoices.lock(list(names))
	_check_payable(doc, designated, bills)
	debts = [
		allocation.Debt(
			name,
			bill["due_date"],
			min((line["priority"] or 0 for line in bill["lines"]), default=0),
			bill["outstanding"],
		)
		for name, bill in bills.items()
		if bill["docstatus"] == 1
	]
	try:
		parts, rest = allocation.allocate(
			amount, debts, getdate(doc.posting_date), dict(designated), only_designated=bool(doc.keep_rest)
		)
	except allocation.Overallocated as error:
		name, wanted, possible = error.args
		frappe.throw(
			_("Bill {0} has {1} yuan open, {2} yuan were to be settled. Load the open bills again.").format(
				bills[name].get("name") if name else "", possible, wanted
			),
			MoreThanOpen,
		)
	if doc.method == PREPAYMENT_METHOD:
		_check_prepayment(doc, amount, rest)
	elif rest and not doc.flags.online:
		prepayments.check_limit(doc.project, doc.resident, rest)
	doc.set("allocations", [])
	for name in sorted(parts, key=lambda key: (bills[key]["due_date"], key)):
		for row in rows_of_bill(bills[name], parts[name]):
			doc.append("allocations", row)
	doc.allocated, doc.prepaid = amount - rest, rest


def _check_payable(doc, designated, bills) -> None:
	for name in designated:
		bill = bills.get(name)
		if not bill or bill["docstatus"] != 1 or bill["project"] != doc.project:
			frappe.throw(
				_("Bill {0} cannot be paid here: it is not published, cancelled, or of another project.").format(
					frappe.utils.escape_html(name or "")
				),
				BillNotPayable,
			)


def _check_prepayment(doc, amount: Decimal, rest: Decimal) -> None:
	if rest:
		frappe.throw(_("Prepayment can only settle bills; {0} yuan would be left over.").format(rest), MoreThanOpen)
	there = -ledger.balance(ledger.PREPAYMENT, resident=doc.resident, project=doc.project, lock=True)
	if there < amount:
		frappe.throw(_("The prepayment is {0} yuan, {1} yuan are needed.").format(there, amount), PrepaymentTooSmall)


def rows_of_bill(bill: dict, amount: Decimal) -> list[dict]:
	"""Allocation rows for a part of a bill, one for each line that it settles."""
	lines = {line["name"]: line for line in bill["lines"]}
	debts = [
		allocation.Debt(name, bill["due_date"], line["priority"] or 0, line["outstanding"])
		for name, line in lines.items()
	]
	return [
		{
			"invoice": bill["name"],
			"unit": bill["unit"],
			"invoice_line": name,
			"fee_item": lines[name]["fee_item"],
			"period_from": lines[name]["period_from"],
			"period_to": lines[name]["period_to"],
			"quantity": lines[name]["quantity"],
			"quantity_unit": lines[name]["quantity_unit"],
			"price": lines[name]["price"],
			"line_amount": lines[name]["amount"],
			"amount": part,
		}
		for name, part in allocation.spread(amount, debts).items()
	]


def reserve_numbers(project: str, count: int = 1) -> list[str]:
	"""The next numbers of a project's receipts, inside the transaction that uses them: no gap when it is rolled back.

	The first receipt of a project opens its series. One statement does both: two transactions that look for
	a missing row with a lock and then insert it stop each other.
	"""
	frappe.db.sql(
		"""insert into `tabReceipt Series`
			(name, creation, modified, owner, modified_by, project, prefix, digits, last_number)
		values (%(project)s, now(6), now(6), %(user)s, %(user)s, %(project)s, %(prefix)s, 7, %(count)s)
		on duplicate key update last_number = last_number + %(count)s""",
		{"project": project, "prefix": f"{project}-", "user": frappe.session.user, "count": count},
	)
	prefix, digits, last = frappe.db.sql(
		"select prefix, digits, last_number from `tabReceipt Series` where name = %s", project
	)[0]
	return [f"{prefix or ''}{number:0{int(digits or 7)}d}" for number in range(int(last) - count + 1, int(last) + 1)]


def number_receipt(doc) -> None:
	"""Give a receipt its number: of the book in the cashier's hands, else of the project's series. Raises NoReceiptBook."""
	found = receipt_books.next_of(doc.project, doc.cashier) if doc.cashier else None
	doc.receipt_book, doc.receipt_no = found or (None, reserve_numbers(doc.project)[0])


def post(doc) -> None:
	"""Lower the bills and write the ledger of a payment that has just been written (or of a reversal: the amounts are negative)."""
	post_many([doc])


def post_many(docs: list) -> None:
	"""`post` for several payments of bills that differ from one another, in as many statements as for one."""
	changes: dict[str, dict[str, Decimal]] = defaultdict(dict)
	parties = _parties({row.invoice for doc in docs for row in doc.allocations})
	entries = [entry for doc in docs for entry in _entries(doc, parties, changes)]
	invoices.settle(changes)
	ledger.post(entries)


def _entries(doc, parties: dict, changes: dict[str, dict[str, Decimal]]) -> list[ledger.Entry]:
	"""Ledger entries of one payment; fills what it changes on bills."""
	entries = []

	def entry(unit, resident, item, account, kind, amount, invoice) -> ledger.Entry:
		return ledger.Entry(
			getdate(doc.posting_date),
			doc.project,
			unit,
			resident,
			item,
			account,
			kind,
			amount,
			invoice,
			"Fee Payment",
			doc.name,
		)

	for row in doc.allocations:
		amount = D(row.amount)
		bill = parties[row.invoice]
		if bill.docstatus == 1:
			changes[row.invoice][row.invoice_line] = amount
			entries.append(
				entry(row.unit, bill.resident, row.fee_item, ledger.RECEIVABLE, "Payment", -amount, row.invoice)
			)
		else:
			# reversal of money whose bill was cancelled meanwhile: it had become prepayment of that bill's payer
			entries.append(entry(row.unit, bill.resident, None, ledger.PREPAYMENT, "Prepayment", -amount, None))
	if doc.method == PREPAYMENT_METHOD:
		entries.append(entry(None, doc.resident, None, ledger.PREPAYMENT, "Prepayment", D(doc.amount), None))
	else:
		entries.append(entry(None, doc.resident, None, ledger.PREPAYMENT, "Prepayment", -D(doc.prepaid), None))
	if D(doc.deposited):
		unit, item = frappe.db.get_value("Fee Deposit", doc.fee_deposit, ["unit", "fee_item"])
		entries.append(entry(unit, doc.resident, item, ledger.DEPOSIT, "Deposit", -D(doc.deposited), None))
	return entries


def _parties(names: set[str]) -> dict:
	if not names:
		return {}
	return {
		row.name: row
		for row in frappe.db.sql(
			"select name, resident, docstatus from `tabFee Invoice` where name in %(names)s lock in share mode",
			{"names": tuple(names)},
			as_dict=True,
		)
	}


def reverse(name: str, reason: str):
	"""Reverse a receipt by a new one with negative amounts and a number of its own; returns it.

	Raises CancelNeedsReason, AlreadyReversed, PrepaymentTooSmall (what it had left as prepayment has been used). The caller has
	checked permissions.
	"""
	if not (reason or "").strip():
		frappe.throw(_("Say why the receipt is reversed."), CancelNeedsReason)
	till.check_open(frappe.db.get_value("Fee Payment", name, "project"), frappe.session.user, today())
	doc = frappe.get_doc("Fee Payment", name, for_update=True)
	if doc.docstatus != 1 or doc.status != "Posted":
		frappe.throw(
			_("Receipt {0} has been reversed or is a reversal.").format(doc.receipt_no or name), AlreadyReversed
		)
	lock_payers(
		[
			doc.resident,
			*frappe.get_all(
				"Fee Invoice", filters={"name": ["in", [row.invoice for row in doc.allocations]]}, pluck="resident"
			),
		]
	)
	if doc.fee_deposit:
		deposits.take_back(doc.fee_deposit)
	bills = invoices.lock([row.invoice for row in doc.allocations])
	needed: dict[str, Decimal] = defaultdict(lambda: ZERO)
	if doc.method != PREPAYMENT_METHOD:
		needed[doc.resident] += D(doc.prepaid)
	for row in doc.allocations:
		if bills[row.invoice]["docstatus"] != 1:
			needed[bills[row.invoice]["resident"]] += D(row.amount)
	for resident, amount in needed.items():
		there = -ledger.balance(ledger.PREPAYMENT, resident=resident, project=doc.project, lock=True)
		if amount > max(there, ZERO) + (
			D(doc.amount) if doc.method == PREPAYMENT_METHOD and resident == doc.resident else ZERO
		):
			frappe.throw(
				_(
					"{0} yuan of this receipt became prepayment, of which {1} are left. Reverse first what was paid from it."
				).format(amount, there),
				PrepaymentTooSmall,
			)
	reversal = frappe.get_doc(
		{
			"doctype": "Fee Payment",
			"docstatus": 1,
			"project": doc.project,
			"resident": doc.resident,
			"posting_date": today(),
			"method": doc.method,
			"reference_no": doc.reference_no,
			"amount": -D(doc.amount),
			"allocated": -D(doc.allocated),
			"prepaid": -D(doc.prepaid),
			"deposited": -D(doc.deposited),
			"fee_deposit": doc.fee_deposit,
			"reversal_of": doc.name,
			"reason": reason.strip(),
			"allocations": [
				{field: row.get(field) for field in ALLOCATION_FIELDS} | {"amount": -D(row.amount)}
				for row in doc.allocations
			],
		}
	)
	reversal.flags.is_reversal = True
	reversal.flags.ignore_links = (
		True  # a bill may have been cancelled since; everything else was checked by the original
	)
	reversal.insert()
	frappe.db.sql(
		"update `tabFee Payment` set status = 'Reversed', reversed_by = %s, modified = %s, modified_by = %s where name = %s",
		(reversal.name, frappe.utils.now_datetime(), frappe.session.user, name),
	)
	bank.reopen(name)
	return reversal


ALLOCATION_FIELDS = (
	"invoice",
	"unit",
	"invoice_line",
	"fee_item",
	"period_from",
	"period_to",
	"quantity",
	"quantity_unit",
	"price",
	"line_amount",
)
