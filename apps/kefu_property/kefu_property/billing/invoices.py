"""Writing bills and taking them back. A published bill never changes: cancellation and replacement name each other."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, today

from kefu_property.billing import bulk, ledger
from kefu_property.billing.calculation import Bill
from kefu_property.billing.exceptions import BillNotPayable, CancelNeedsReason
from kefu_property.registry import api as registry
from kefu_property.rules import periods
from kefu_property.rules.money import D
from kefu_property.rules.periods import Span

LIMITATION_MONTHS = 36  # L2: 民法典 188
#: kind of the ledger entry by origin of the bill; all others are "Bill"
KIND_OF_ORIGIN = {"Opening Balance": "Opening Balance", "Late Fee": "Penalty"}

INVOICE_COLUMNS = (
	"name",
	"title",
	"project",
	"building",
	"unit",
	"resident",
	"payer_name",
	"status",
	"origin",
	"billing_run",
	"period_start",
	"period_end",
	"posting_date",
	"due_date",
	"limitation_date",
	"total",
	"tax_total",
	"outstanding",
	"replaces",
)
LINE_COLUMNS = (
	"name",
	"parent",
	"parenttype",
	"parentfield",
	"idx",
	"fee_item",
	"tariff",
	"price_version",
	"charge_key",
	"period_from",
	"period_to",
	"quantity",
	"quantity_unit",
	"price",
	"factor",
	"raw_amount",
	"amount",
	"tax_amount",
	"outstanding",
	"priority",
	"explanation",
)


def title_of(unit_code: str, period: Span) -> str:
	"""`1-2-301 2026-11`, or the two months of a longer period."""
	first, last = f"{period.start:%Y-%m}", f"{period.end:%Y-%m}"
	return f"{unit_code} {first}" if first == last else f"{unit_code} {first}/{last}"


def write(
	project: str,
	period: Span,
	bills: Sequence[Bill],
	name_of: Callable[[], str],
	posting_date: datetime.date,
	origin: str,
	billing_run: str | None = None,
	replaces: str | None = None,
) -> list[str]:
	"""Publish bills with their lines and ledger entries, set-based; returns their names.

	The caller holds the transaction: a bill whose charge exists already (unique `charge_key`) raises and nothing stays.
	"""
	names = registry.names_of({bill.resident for bill in bills})
	invoices, lines, entries, written = [], [], [], []
	for bill in bills:
		for line in bill.lines:
			line.complete()
		name = name_of()
		total = bill.total
		written.append(name)
		invoices.append(
			(
				name,
				title_of(bill.unit["unit_code"], period),
				project,
				bill.unit.get("building"),
				bill.unit["name"],
				bill.resident,
				names.get(bill.resident),
				"Unpaid",
				origin,
				billing_run,
				period.start,
				period.end,
				posting_date,
				bill.due_date,
				periods.add_months(bill.due_date, LIMITATION_MONTHS),
				total,
				sum((line.tax for line in bill.lines), Decimal("0.00")),
				total,
				replaces,
			)
		)
		for idx, line in enumerate(bill.lines, 1):
			lines.append(
				(
					f"{name}-{idx}",
					name,
					"Fee Invoice",
					"lines",
					idx,
					line.fee_item,
					line.tariff,
					line.price_version,
					line.charge_key,
					line.span.start,
					line.span.end,
					line.quantity,
					line.quantity_unit,
					line.price,
					line.factor,
					line.raw,
					line.amount,
					line.tax,
					line.amount,
					line.priority,
					json.dumps(line.explanation, ensure_ascii=False),
				)
			)
			entries.append(
				ledger.Entry(
					posting_date,
					project,
					bill.unit["name"],
					bill.resident,
					line.fee_item,
					ledger.RECEIVABLE,
					KIND_OF_ORIGIN.get(origin, "Bill"),
					line.amount,
					name,
					"Fee Invoice",
					name,
				)
			)
	bulk.insert("Fee Invoice", INVOICE_COLUMNS, invoices, docstatus=1)
	bulk.insert("Fee Invoice Line", LINE_COLUMNS, lines, docstatus=1)
	ledger.post(entries)
	return written


def lock(names: Sequence[str]) -> dict[str, dict]:
	"""Lock bills in the order of their names and return their current rows by name, each with its `lines`.

	Reads what is committed now, not what the transaction saw before; every change of an open amount starts here.
	"""
	if not names:
		return {}
	rows = frappe.db.sql(
		"""select name, project, unit, resident, docstatus, status, origin, due_date, total, outstanding, billing_run, period_start, period_end
		from `tabFee Invoice` where name in %(names)s order by name for update""",
		{"names": tuple(sorted(set(names)))},
		as_dict=True,
	)
	result = {row.name: row | {"lines": []} for row in rows}
	if result:
		for line in frappe.db.sql(
			"""select name, parent, idx, fee_item, tariff, period_from, period_to, quantity, quantity_unit, price, amount, outstanding, priority
			from `tabFee Invoice Line` where parent in %(names)s and parenttype = 'Fee Invoice' order by parent, idx for update""",
			{"names": tuple(result)},
			as_dict=True,
		):
			result[line.parent]["lines"].append(line)
	for row in result.values():
		row["total"], row["outstanding"] = D(row["total"]), D(row["outstanding"])
		for line in row["lines"]:
			line["amount"], line["outstanding"] = D(line["amount"]), D(line["outstanding"])
	return result


def settle(changes: dict[str, dict[str, Decimal]]) -> None:
	"""Lower the open amounts of locked bills: `changes` maps bill → line name → amount (negative raises them again)."""
	by_bill = {name: sum(lines.values(), Decimal(0)) for name, lines in changes.items()}
	by_line = {line: amount for lines in changes.values() for line, amount in lines.items()}
	if not by_line:
		return
	now = now_datetime()
	for table, amounts, status in (
		("Fee Invoice Line", by_line, ""),
		(
			"Fee Invoice",
			by_bill,
			# assignments run left to right: outstanding is the new amount here
			", status = if(outstanding = 0, 'Paid', if(outstanding = total, 'Unpaid', 'Partly Paid'))",
		),
	):
		cases = " ".join(["when %s then %s"] * len(amounts))
		values = [value for pair in amounts.items() for value in pair]
		# lint: allow query-in-loop: two tables
		# lint: allow sql-string: tables and status are the constants above, names and amounts are parameters
		frappe.db.sql(
			f"""update `tab{table}` set outstanding = outstanding - (case name {cases} end){status}, modified = %s, modified_by = %s
			where name in %s""",
			[*values, now, frappe.session.user, tuple(amounts)],
		)


def cancel(names: Sequence[str], reason: str) -> Decimal:
	"""Cancel published bills with their ledger entries; returns what had been paid on them, now prepayment of the payers.

	The charge may be billed again afterwards. Raises CancelNeedsReason, BillNotPayable. The caller has checked permissions and
	holds the transaction.
	"""
	if not (reason or "").strip():
		frappe.throw(_("Say why the bill is cancelled."), CancelNeedsReason)
	bills = lock(names)
	for name in names:
		if name not in bills or bills[name]["docstatus"] != 1:
			frappe.throw(_("Bill {0} is not a published bill.").format(name), BillNotPayable)
	entries, released, waived = [], Decimal("0.00"), waived_of(bills)
	for name, bill in bills.items():
		per_item: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0), Decimal(0)])
		for line in bill["lines"]:
			given_up = waived.get(line["name"], Decimal(0))
			per_item[line["fee_item"]][0] += line["amount"]
			per_item[line["fee_item"]][1] += line["amount"] - line["outstanding"] - given_up
			per_item[line["fee_item"]][2] += given_up
		paid = sum((row[1] for row in per_item.values()), Decimal("0.00"))

		def entry(account: str, kind: str, amount: Decimal, item: str | None, name=name, bill=bill) -> ledger.Entry:
			return ledger.Entry(
				getdate(today()),
				bill["project"],
				bill["unit"],
				bill["resident"],
				item,
				account,
				kind,
				amount,
				name,
				"Fee Invoice",
				name,
			)

		for item, (amount, settled, given_up) in per_item.items():
			entries.append(entry(ledger.RECEIVABLE, KIND_OF_ORIGIN.get(bill["origin"], "Bill"), -amount, item))
			entries.append(entry(ledger.RECEIVABLE, "Payment", settled, item))
			entries.append(entry(ledger.RECEIVABLE, "Waiver", given_up, item))
		entries.append(entry(ledger.PREPAYMENT, "Prepayment", -paid, None)._replace(invoice=None))
		released += paid
	ledger.post(entries, mark="C")
	values = {"names": tuple(bills), "reason": reason.strip(), "user": frappe.session.user, "now": now_datetime()}
	# the unique key is given up, so that the charge can be billed again
	frappe.db.sql(
		"update `tabFee Invoice Line` set charge_key = null, outstanding = 0, docstatus = 2 where parent in %(names)s and parenttype = 'Fee Invoice'",
		values,
	)
	frappe.db.sql(
		"""update `tabFee Invoice` set docstatus = 2, status = 'Cancelled', outstanding = 0, cancel_reason = %(reason)s,
			cancelled_by = %(user)s, cancelled_on = %(now)s, modified = %(now)s, modified_by = %(user)s
		where name in %(names)s""",
		values,
	)
	return released


def waived_of(names: Iterable[str]) -> dict[str, Decimal]:
	"""What stands waived on lines of these bills, by name of the line."""
	if not names:
		return {}
	rows = frappe.db.sql(
		"""select l.invoice_line, sum(l.amount) from `tabFee Waiver Line` l join `tabFee Waiver` w on w.name = l.parent
		where l.invoice in %(names)s and w.workflow_state = 'Approved' group by l.invoice_line""",
		{"names": tuple(names)},
	)
	return {line: D(amount) for line, amount in rows}


def new_name() -> str:
	return frappe.generate_hash(length=12)
