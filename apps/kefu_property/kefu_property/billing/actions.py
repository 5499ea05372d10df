"""What the desk's buttons, the cashier's page and programs call. Every function checks permission first; changes are POST only."""

# No postponed annotations here: the framework converts what a form sends by them ("0" for a bool)
from collections import defaultdict
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import today

from kefu_property.billing import bank, charges, invoices, ledger, payments, planning, receipt_books, runs
from kefu_property.billing import explain as explanation
from kefu_property.billing.exceptions import BillNotPayable, CancelNeedsReason
from kefu_property.registry import api as registry
from kefu_property.rules.money import D
from kefu_property.rules.periods import Span

SMALL_RUN = 2000
LONGEST_SEARCH = 20


def refuse() -> None:
	frappe.throw(_("Only cashiers and accountants take payments."), frappe.PermissionError)


# --- tariffs ---------------------------------------------------------------------------------------------------------------


@frappe.whitelist(methods=["POST"])
def announce_prices(tariff: str) -> None:
	"""Announce the pending price versions of a tariff that is in force; the notice begins today (L18)."""
	doc = frappe.get_doc("Fee Tariff", tariff)
	doc.check_permission("write")
	frappe.only_for("Accountant")
	doc.flags.announcing = True
	doc.save()


@frappe.whitelist(methods=["POST"])
def approve_prices(tariff: str) -> None:
	"""Approve the announced price versions of a tariff that is in force. Not by whoever announced them."""
	doc = frappe.get_doc("Fee Tariff", tariff)
	doc.check_permission("write")
	frappe.only_for("Office Director")
	doc.flags.approving = True
	doc.save()


# --- runs ------------------------------------------------------------------------------------------------------------------


@frappe.whitelist(methods=["POST"])
def preview_run(run: str) -> None:
	"""Compute a run without writing bills."""
	doc = frappe.get_doc("Billing Run", run)
	doc.check_permission("write")
	runs.need_state(doc, "Draft", "Previewed")
	runs.preview(run)


@frappe.whitelist(methods=["POST"])
def publish_run(run: str) -> None:
	"""Start the publication of an approved run, or go on with one that failed, in the background."""
	frappe.get_doc("Billing Run", run).check_permission("write")
	runs.start(run)


@frappe.whitelist(methods=["POST"])
def cancel_run(run: str, reason: str) -> int:
	"""Cancel a run and its bills; returns the number cancelled now, −1 when a worker goes on with many."""
	doc = frappe.get_doc("Billing Run", run)
	doc.check_permission("write")
	if not reason.strip():
		frappe.throw(_("Say why the run is cancelled."), CancelNeedsReason)
	if (doc.published_bills or 0) > SMALL_RUN:
		frappe.enqueue(
			"kefu_property.billing.runs.cancel",
			queue="long",
			timeout=3600,
			enqueue_after_commit=True,
			name=run,
			reason=reason,
		)
		return -1
	return runs.cancel(run, reason)


# --- bills -----------------------------------------------------------------------------------------------------------------


@frappe.whitelist()
def explain_bill(invoice: str) -> dict:
	"""The arithmetic of a bill in words: `lines` (see `explain.explain`) and `total`."""
	doc = frappe.get_doc("Fee Invoice", invoice)
	doc.check_permission("read")
	return {"lines": explanation.explain(doc), "total": explanation.total_in_words(doc)}


@frappe.whitelist(methods=["POST"])
def cancel_bill(invoice: str, reason: str, replace: bool = False) -> dict:
	"""Cancel a bill; with `replace`, bill its items again by today's registry and tariffs.

	What had been paid becomes prepayment and settles the replacement at once. Returns `replacements` (names), `prepayment` (text).
	"""
	doc = frappe.get_doc("Fee Invoice", invoice)
	doc.check_permission("cancel")
	released = invoices.cancel([doc.name], reason)
	written = _bill_again(doc) if replace else []
	if written:
		frappe.db.set_value("Fee Invoice", doc.name, "replaced_by", written[0])
		if released:
			_settle_from_prepayment(doc, written, released)
	return {"replacements": written, "prepayment": str(released)}


def _bill_again(doc) -> list[str]:
	period = Span(frappe.utils.getdate(doc.period_start), frappe.utils.getdate(doc.period_end))
	wanted = {line.tariff for line in doc.lines if line.tariff}
	if not wanted:
		frappe.throw(
			_("This bill does not come from a tariff; cancel it without replacement and charge it anew."),
			BillNotPayable,
		)
	plan = planning.Plan(doc.project, period, {line.fee_item for line in doc.lines}, [doc.unit])
	bills = [bill for chunk in plan.chunks() for bill in chunk.bills]
	return invoices.write(
		doc.project,
		period,
		bills,
		invoices.new_name,
		frappe.utils.getdate(today()),
		"Replacement",
		doc.billing_run,
		replaces=doc.name,
	)


def _settle_from_prepayment(doc, written: list[str], released: Decimal) -> None:
	left, rows = released, []
	for bill in invoices.lock(written).values():
		part = min(left, bill["outstanding"]) if bill["resident"] == doc.resident else Decimal(0)
		if part:
			rows.append({"invoice": bill["name"], "amount": str(part)})
			left -= part
	if rows:
		_payment(
			project=doc.project,
			resident=doc.resident,
			method=payments.PREPAYMENT_METHOD,
			amount=str(released - left),
			allocations=rows,
			keep_rest=1,
			remark=_("Payments of the cancelled bill {0}").format(doc.name),
		).insert()


@frappe.whitelist(methods=["POST"])
def bill_charge(charge: str) -> str:
	"""Bill an approved Unit Charge at once, without waiting for a run; returns the name of the bill."""
	doc = frappe.get_doc("Unit Charge", charge)
	doc.check_permission("read")
	if not frappe.has_permission("Billing Run", "create"):
		frappe.throw(_("Accountants publish bills."), frappe.PermissionError)
	return charges.bill(doc)


@frappe.whitelist()
def divide_shared_cost(cost: str) -> list[dict]:
	"""How a shared cost is divided: `unit_code`, `weight`, `share` (texts), in the order of the units."""
	doc = frappe.get_doc("Shared Cost", cost)
	doc.check_permission("read")
	return doc.division()


# --- money in --------------------------------------------------------------------------------------------------------------


def _payment(**values):
	return frappe.get_doc({"doctype": "Fee Payment", "docstatus": 1, "posting_date": today(), **values})


@frappe.whitelist()
def search_payers(text: str, project: str | None = None) -> list[dict]:
	"""People found by phone, name, unit or plate, with what they owe and have prepaid, for the cashier's page."""
	if not frappe.has_permission("Fee Payment", "create"):
		refuse()
	found = registry.search_residents(text, project=project, limit=LONGEST_SEARCH)
	people: dict[str, dict] = {}
	for row in found:
		person = people.setdefault(
			row["resident"],
			{
				"resident": row["resident"],
				"resident_name": row["resident_name"],
				"phone_masked": row["phone_masked"],
				"project": row["project"],
				"units": [],
			},
		)
		if row["unit_code"] and row["unit_code"] not in person["units"]:
			person["units"].append(row["unit_code"])
	owed = _open_amounts(list(people))
	for name, person in people.items():
		person["open"], person["bills"] = owed.get(name, ("0.00", 0))
	return list(people.values())


def _open_amounts(residents: list[str]) -> dict[str, tuple[str, int]]:
	if not residents:
		return {}
	rows = frappe.db.sql(
		"""select resident, sum(outstanding), count(*) from `tabFee Invoice`
		where resident in %(residents)s and docstatus = 1 and outstanding > 0 group by resident""",
		{"residents": tuple(residents)},
	)
	return {resident: (f"{D(amount):.2f}", count) for resident, amount, count in rows}


@frappe.whitelist()
def open_bills(resident: str, project: str | None = None) -> dict:
	"""Open bills of a payer over all units, oldest due first, the prepayment, and deposits that wait: amounts are texts."""
	if not frappe.has_permission("Fee Payment", "create"):
		refuse()
	frappe.get_doc("Resident", resident).check_permission("read")
	filters = {"resident": resident, "docstatus": 1, "outstanding": [">", 0]}
	if project:
		filters["project"] = project
	bills = frappe.get_list(
		"Fee Invoice",
		filters=filters,
		fields=[
			"name",
			"title",
			"project",
			"unit",
			"period_start",
			"period_end",
			"due_date",
			"total",
			"outstanding",
			"status",
		],
		order_by="due_date, name",
		limit_page_length=0,
	)
	items = defaultdict(list)
	if bills:
		for line in frappe.get_all(
			"Fee Invoice Line",
			filters={"parent": ["in", [bill.name for bill in bills]], "outstanding": [">", 0]},
			fields=["parent", "fee_item"],
			order_by="idx",
		):
			items[line.parent].append(_(line.fee_item))
	for bill in bills:
		bill.update(
			total=f"{D(bill.total):.2f}",
			outstanding=f"{D(bill.outstanding):.2f}",
			items=items[bill.name],
			overdue=str(bill.due_date) < today(),
		)
	prepaid = -ledger.balance(ledger.PREPAYMENT, resident=resident, project=project)
	return {
		"bills": bills,
		"prepayment": str(prepaid),
		"deposits": [
			{"name": row.name, "item": _(row.fee_item), "amount": f"{D(row.amount):.2f}"}
			for row in frappe.get_list(
				"Fee Deposit",
				filters={"resident": resident, "docstatus": 0},
				fields=["name", "fee_item", "amount"],
				order_by="creation",
			)
		],
		"label": registry.resident_label(resident),
		"project": project or frappe.get_cached_value("Resident", resident, "project"),
	}


@frappe.whitelist(methods=["POST"])
def collect(
	resident: str,
	project: str,
	amount: str,
	method: str,
	bills: str | list | None = None,
	tendered: str | None = None,
	reference_no: str | None = None,
	keep_rest: bool = False,
	idempotency_key: str | None = None,
) -> dict:
	"""Take a payment and post it. The same `idempotency_key` again returns the same receipt and takes nothing.

	`bills` is a list (or JSON) of {invoice, amount}: the payer's designation; the rest of the amount settles due debts, oldest
	first, or is kept as prepayment with `keep_rest`.
	"""
	if not frappe.has_permission("Fee Payment", "create"):
		refuse()
	doc = _payment(
		project=project,
		resident=resident,
		amount=str(payments.money(amount)),
		method=method,
		tendered=str(payments.money(tendered)) if tendered else 0,
		reference_no=reference_no,
		keep_rest=int(keep_rest),
		idempotency_key=idempotency_key or None,
		allocations=[
			{"invoice": row.get("invoice"), "amount": str(payments.money(row.get("amount")))}
			for row in frappe.parse_json(bills or "[]")
		],
	)
	return _receipt(doc.insert())


def _receipt(doc) -> dict:
	return {
		"name": doc.name,
		"receipt_no": doc.receipt_no,
		"amount": f"{D(doc.amount):.2f}",
		"allocated": f"{D(doc.allocated):.2f}",
		"prepaid": f"{D(doc.prepaid):.2f}",
		"change": f"{D(doc.change_given):.2f}",
	}


@frappe.whitelist(methods=["POST"])
def reverse_receipt(payment: str, reason: str) -> dict:
	"""Reverse a receipt by another one with negative amounts. The open amounts come back."""
	frappe.get_doc("Fee Payment", payment).check_permission("submit")
	return _receipt(payments.reverse(payment, reason))


# --- receipt books ---------------------------------------------------------------------------------------------------------


@frappe.whitelist(methods=["POST"])
def issue_receipt_book(book: str, cashier: str) -> None:
	"""Hand a receipt book to a cashier (accountants)."""
	frappe.get_doc("Receipt Book", book).check_permission("write")
	receipt_books.issue(book, cashier)


@frappe.whitelist(methods=["POST"])
def void_receipt_number(book: str, reason: str) -> str:
	"""Declare the next number of a book void; returns it. For the cashier who has the book, and accountants."""
	frappe.get_doc("Receipt Book", book).check_permission(_right_on_book(book))
	return receipt_books.void(book, reason)


@frappe.whitelist(methods=["POST"])
def return_receipt_book(book: str) -> None:
	"""Give a receipt book back. For the cashier who has it, and accountants."""
	frappe.get_doc("Receipt Book", book).check_permission(_right_on_book(book))
	receipt_books.give_back(book)


def _right_on_book(book: str) -> str:
	"""Whoever has the book in hand needs no right to change it."""
	return "read" if frappe.db.get_value("Receipt Book", book, "cashier") == frappe.session.user else "write"


# --- bank transfers --------------------------------------------------------------------------------------------------------


@frappe.whitelist(methods=["POST"])
def read_statement(upload: str) -> None:
	"""Read the attached bank statement into lines and propose payers."""
	doc = frappe.get_doc("Bank Statement Upload", upload)
	doc.check_permission("write")
	bank.read(doc)


@frappe.whitelist(methods=["POST"])
def propose_payers(project: str) -> int:
	"""Match the open lines of a project anew; returns the number of lines with a payer."""
	if not frappe.has_permission("Bank Transfer Line", "write"):
		refuse()
	frappe.get_doc("Property Project", project).check_permission("read")
	return bank.propose(project)


@frappe.whitelist(methods=["POST"])
def post_transfers(lines: list) -> dict:
	"""Post lines with a payer as payments: `posted` (receipt numbers), `refused` (`line`, `reason`)."""
	if not frappe.has_permission("Fee Payment", "create"):
		refuse()
	return bank.post([str(name) for name in lines])


@frappe.whitelist(methods=["POST"])
def set_transfer_aside(line: str, reason: str) -> None:
	"""Take a line that is no resident's payment out of the list."""
	frappe.get_doc("Bank Transfer Line", line).check_permission("write")
	bank.set_aside(line, reason)
