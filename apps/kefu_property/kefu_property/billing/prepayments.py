"""Money received ahead: how much at most (L8), and its use by new bills without anybody's work."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import cint, getdate

from kefu_property.billing import bulk, invoices, ledger, payments
from kefu_property.billing.exceptions import PrepaymentOverLimit
from kefu_property.registry import api as registry
from kefu_property.rules import allocation
from kefu_property.rules.money import D

ZERO, CENT = Decimal("0.00"), Decimal("0.01")


def monthly_fee(project: str, resident: str) -> Decimal:
	"""Yuan of property fee that a payer's homes cost a month, by the last bill of each home and tariff; zero when none is known."""
	rows = frappe.db.sql(
		"""select i.unit, l.tariff, l.quantity, l.price from `tabFee Invoice` i
		join `tabFee Invoice Line` l on l.parent = i.name and l.tariff is not null
		join `tabFee Item` f on f.name = l.fee_item and f.category = 'Property Service'
		where i.resident = %s and i.project = %s and i.docstatus = 1 order by l.period_to""",
		(resident, project),
	)
	last = {(unit, tariff): D(quantity) * D(price) for unit, tariff, quantity, price in rows}
	return sum(last.values(), ZERO).quantize(CENT)


def limit(project: str, resident: str) -> Decimal | None:
	"""The most that a payer may have prepaid (L8); None without a limit in the settings or a bill to go by."""
	months = cint(frappe.db.get_single_value("Cashier Settings", "prepayment_months"))
	monthly = monthly_fee(project, resident) if months > 0 else ZERO
	return months * monthly if monthly else None


def check_limit(project: str, resident: str, rest: Decimal) -> None:
	"""Refuse, or point out as the settings say, what would be prepaid beyond the limit. Raises PrepaymentOverLimit."""
	most = limit(project, resident)
	if most is None:
		return
	there = -ledger.balance(ledger.PREPAYMENT, resident=resident, project=project)
	if there + rest <= most:
		return
	text = _(
		"At most {0} months of property fee may be prepaid, here {1} yuan (L8). {2} yuan are prepaid already, {3} yuan would be added."
	).format(cint(frappe.db.get_single_value("Cashier Settings", "prepayment_months")), most, there, rest)
	if frappe.db.get_single_value("Cashier Settings", "prepayment_over_limit") == "Warn":
		frappe.msgprint(text, title=_("Prepayment"), indicator="orange")
		return
	frappe.throw(text, PrepaymentOverLimit)


def hold(project: str, residents: Collection[str]) -> dict[str, Decimal]:
	"""Prepayment of these payers, locked until the transaction ends; payers without any are left out.

	Called before their bills are written. Nothing is held where the settings keep prepayment for the cashier.
	"""
	if not residents or not cint(frappe.db.get_single_value("Cashier Settings", "use_prepayment")):
		return {}
	values = {"project": project, "residents": tuple(residents)}
	candidates = [
		resident
		for (resident,) in frappe.db.sql(
			"""select resident from `tabFee Ledger Entry`
			where account = 'Prepayment' and project = %(project)s and resident in %(residents)s
			group by resident having sum(amount) < 0""",
			values,
		)
	]
	if not candidates:
		return {}
	payments.lock_payers(candidates)
	return {
		resident: -D(amount).quantize(CENT)
		for resident, amount in frappe.db.sql(
			"""select resident, sum(amount) from `tabFee Ledger Entry`
			where account = 'Prepayment' and project = %s and resident in %s group by resident for update""",
			(project, tuple(candidates)),
		)
		if D(amount) < 0
	}


def settle_new_bills(
	project: str,
	names: Sequence[str],
	available: dict[str, Decimal],
	posting_date: datetime.date | str,
	run: str | None = None,
) -> int:
	"""Settle bills that this transaction has just written from the prepayment that `hold` returned; returns the number of receipts.

	Set-based: a handful of statements whatever the number of bills. A payer's bills are settled in the legal order (L3), each
	payer by one receipt.
	"""
	if not names or not available:
		return 0
	mine = [
		name
		for (name,) in frappe.db.sql(
			"select name from `tabFee Invoice` where name in %s and resident in %s", (tuple(names), tuple(available))
		)
	]
	bills_of: dict[str, list[dict]] = defaultdict(list)
	for bill in invoices.lock(mine).values():
		bills_of[bill["resident"]].append(bill)
	docs, payers = [], registry.names_of(bills_of)
	for resident, bills in sorted(bills_of.items()):
		debts = [
			allocation.Debt(
				bill["name"],
				bill["due_date"],
				min((line["priority"] or 0 for line in bill["lines"]), default=0),
				bill["outstanding"],
			)
			for bill in bills
		]
		parts, rest = allocation.allocate(available[resident], debts, getdate(posting_date))
		by_name = {bill["name"]: bill for bill in bills}
		rows = [row for name, part in parts.items() for row in payments.rows_of_bill(by_name[name], part)]
		used = available[resident] - rest
		if used:
			docs.append(
				frappe._dict(
					name=invoices.new_name(),
					project=project,
					resident=resident,
					payer_name=payers.get(resident),
					posting_date=posting_date,
					method=payments.PREPAYMENT_METHOD,
					status="Posted",
					amount=used,
					allocated=used,
					prepaid=ZERO,
					deposited=ZERO,
					remark=_("Prepayment used by billing run {0}").format(run) if run else None,
					allocations=[frappe._dict(row) for row in rows],
				)
			)
	_write(project, docs)
	return len(docs)


PAYMENT_COLUMNS = (
	"name",
	"project",
	"resident",
	"payer_name",
	"posting_date",
	"method",
	"status",
	"amount",
	"allocated",
	"prepaid",
	"deposited",
	"remark",
	"receipt_no",
)


def _write(project: str, docs: list) -> None:
	if not docs:
		return
	for doc, number in zip(docs, payments.reserve_numbers(project, len(docs)), strict=True):
		doc.receipt_no = number
	bulk.insert(
		"Fee Payment", PAYMENT_COLUMNS, [[doc.get(column) for column in PAYMENT_COLUMNS] for doc in docs], docstatus=1
	)
	columns = ("name", "parent", "parenttype", "parentfield", "idx", *payments.ALLOCATION_FIELDS, "amount")
	bulk.insert(
		"Fee Payment Allocation",
		columns,
		[
			(
				f"{doc.name}-{idx}",
				doc.name,
				"Fee Payment",
				"allocations",
				idx,
				*[_exact(row.get(field)) for field in payments.ALLOCATION_FIELDS],
				row.amount,
			)
			for doc in docs
			for idx, row in enumerate(doc.allocations, 1)
		],
		docstatus=1,
	)
	payments.post_many(docs)


def _exact(value):
	"""The framework's connection reads decimal columns as floats."""
	return D(value) if isinstance(value, float) else value
