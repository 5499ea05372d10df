"""Rent of advertising places: received on the contract, entered in the owners' books of billing (L19)."""

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.inspection.exceptions import RentInvalid
from kefu_property.rules import inspection_rules as rules
from kefu_property.rules.money import D, sum_money
from kefu_property.suite import state


def locked(contract: str):
	"""The contract, its row held until the end of the transaction."""
	frappe.db.get_value("Advertising Contract", contract, "name", for_update=True)
	return frappe.get_doc("Advertising Contract", contract)


@frappe.whitelist(methods=["POST"])
def receive_rent(
	contract: str, amount: str, received_on: str, method: str = "Bank Transfer", reference_no: str | None = None
) -> str | None:
	"""Enter rent that came in, in yuan, the oldest open rent first; returns the entry in the owners' books, if billing is on.

	Raises RentInvalid for more than is open, a day to come, a contract that is not in force or a reference entered before.
	"""
	frappe.only_for(("Cashier", "Accountant"))
	doc = locked(contract)
	doc.check_permission("read")
	money = D(amount)
	if doc.docstatus != 1:
		frappe.throw(_("Rent is received on an approved contract."), RentInvalid)
	if money <= 0 or money != money.quantize(D("0.01")):
		frappe.throw(_("Enter an amount in yuan with at most two decimals."), RentInvalid)
	if getdate(received_on) > getdate(today()):
		frappe.throw(_("Rent cannot be received in the future."), RentInvalid)
	if money > D(str(doc.outstanding)):
		frappe.throw(_("Only {0} yuan are open on this contract.").format(doc.outstanding), RentInvalid)
	if reference_no and any(row.reference_no == reference_no for row in doc.receipts):
		frappe.throw(_("The reference {0} was entered already.").format(reference_no), RentInvalid)
	row = doc.append(
		"receipts",
		{
			"received_on": received_on,
			"amount": money,
			"method": method,
			"reference_no": reference_no,
			"received_by": frappe.session.user,
		},
	)
	doc.save(ignore_permissions=True)  # the cashier's role was checked; nobody writes receipts by hand
	return post(doc, row)


@frappe.whitelist(methods=["POST"])
def post_open(contract: str) -> int:
	"""Enter rent in the owners' books that came in while billing was off; returns the number of entries."""
	frappe.only_for(("Cashier", "Accountant"))
	doc = locked(contract)
	doc.check_permission("read")
	return sum(bool(post(doc, row)) for row in doc.receipts if not row.income_entry)


@frappe.whitelist(methods=["POST"])
def take_back_receipt(contract: str, receipt: str, reason: str) -> None:
	"""Take back rent that was entered by mistake, while its entry in the owners' books is not approved; the reason stays on the contract.

	Raises RentInvalid for a receipt that is in the approved books or not of this contract.
	"""
	frappe.only_for(("Cashier", "Accountant"))
	doc = locked(contract)
	doc.check_permission("read")
	row = next((row for row in doc.receipts if row.name == receipt), None)
	if not row or not (reason or "").strip():
		frappe.throw(_("Choose a receipt of this contract and give the reason."), RentInvalid)
	if row.income_entry:
		from kefu_property.billing import api as billing  # optional: contracts are kept without billing, too

		if not billing.withdraw_common_income(row.income_entry):
			frappe.throw(
				_("{0} is approved in the owners' books. Have it reversed there.").format(row.income_entry), RentInvalid
			)
	text = _("Rent taken back: {0} yuan of {1}. {2}").format(row.amount, row.received_on, reason.strip()[:300])
	doc.remove(row)
	doc.save(ignore_permissions=True)  # the cashier's role was checked; nobody writes receipts by hand
	doc.add_comment("Info", frappe.utils.escape_html(text))


def post(doc, row) -> str | None:
	if not state.is_enabled("billing"):
		return None
	from kefu_property.billing import api as billing  # optional: contracts are kept without billing, too

	entry = billing.record_common_income(
		doc.project,
		"Advertising",
		D(str(row.amount)),
		row.received_on,
		_("Rent of {0}, {1}").format(frappe.db.get_value("Facility", doc.facility, "facility_name"), doc.name),
		counterparty=doc.advertiser,
		contract_no=doc.contract_no or doc.name,
	)
	row.db_set("income_entry", entry)
	return entry


def follow(doc) -> None:
	"""Spread what was received over the schedule, the oldest first, and say what is open and due next."""
	amounts = [D(str(line.amount)) for line in doc.schedule]
	received = sum_money(D(str(row.amount)) for row in doc.receipts)
	covered = rules.allocated(amounts, received)
	next_due = None
	for line, part, amount in zip(doc.schedule, covered, amounts, strict=True):
		line.received = part
		if part < amount and not next_due:
			next_due = line.due_on
	doc.received, doc.total_rent = received, sum_money(amounts)
	doc.outstanding, doc.next_due_on = sum_money(amounts) - received, next_due


def tone(doc) -> str:
	"""State of a contract in force for people: Ended, Rent Overdue, Ending, In Force."""
	day = getdate(today())
	if doc.ended_on or getdate(doc.to_date) < day:
		return "Ended"
	if doc.next_due_on and getdate(doc.next_due_on) < day:
		return "Rent Overdue"
	return "In Force"
