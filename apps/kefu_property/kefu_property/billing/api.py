"""What other modules may use of billing; nothing else of this package is theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import frappe
from frappe.utils import getdate, now_datetime, today

from kefu_property.billing import charges, deposits, invoices, ledger, meters, services
from kefu_property.rules.money import D
from kefu_property.suite import approval


def balance(
	unit: str | None = None,
	resident: str | Sequence[str] | None = None,
	project: str | None = None,
	as_of: date | str | None = None,
) -> Decimal:
	"""What is owed on bills and penalties at the end of a day (default: all entries); prepayments are apart."""
	return ledger.balance(ledger.RECEIVABLE, unit=unit, resident=resident, project=project, as_of=as_of)


def prepayment(resident: str | Sequence[str], project: str | None = None) -> Decimal:
	"""Money of one or several residents that is kept ahead, as a positive amount."""
	return -ledger.balance(ledger.PREPAYMENT, resident=resident, project=project)


def arrears(units: Sequence[str], as_of: date | str | None = None) -> dict[str, Decimal]:
	"""Open amounts of bills due before the end of a day (default today), by unit; units without arrears are left out."""
	if not units:
		return {}
	rows = frappe.db.sql(
		"""select unit, sum(outstanding) from `tabFee Invoice`
		where unit in %(units)s and docstatus = 1 and outstanding > 0 and due_date <= %(day)s group by unit""",
		{"units": tuple(units), "day": getdate(as_of or today())},
	)
	return {unit: D(amount) for unit, amount in rows}


# --- deposits --------------------------------------------------------------------------------------------------------------


def take_deposit(
	project: str,
	resident: str,
	amount: Decimal | str,
	fee_item: str,
	unit: str | None = None,
	purpose: str = "",
	reference: tuple[str, str] | None = None,
	release_on: date | str | None = None,
	method: str | None = None,
	reference_no: str | None = None,
) -> str:
	"""Ask for a deposit of a payer, or take it at once when `method` is given; returns the Fee Deposit's name.

	Without `method` it waits for the cashier, who submits it. `reference` is (DocType, name) of what the deposit secures; asking again
	for the same item and reference returns the deposit that waits or is held. Acts with the permissions of the session's user.
	Raises NotADeposit, NotAMoneyAmount.
	"""
	if reference:
		existing = frappe.get_all(
			"Fee Deposit",
			filters={
				"reference_doctype": reference[0],
				"reference_name": reference[1],
				"fee_item": fee_item,
				"status": ["in", [deposits.AWAITING, deposits.HELD, deposits.PARTLY]],
			},
			pluck="name",
		)
		if existing:
			return existing[0]
	doc = frappe.get_doc(
		{
			"doctype": "Fee Deposit",
			"project": project,
			"resident": resident,
			"unit": unit,
			"fee_item": fee_item,
			"amount": str(amount),
			"purpose": purpose,
			"release_on": release_on,
			"method": method or "Cash",
			"reference_no": reference_no,
			"reference_doctype": reference[0] if reference else None,
			"reference_name": reference[1] if reference else None,
		}
	).insert()
	if method:
		doc.submit()
	return doc.name


def deposit_state(reference: tuple[str, str]) -> dict:
	"""Deposits of a document (DocType, name): `status` (None, Awaiting Payment, Held, Returned), `asked`, `held`, `deducted`, `returned`
	(Decimal) and `deposits` (rows with `name`, `status`, `fee_item`, `balance`, `release_on`)."""
	rows = frappe.get_all(
		"Fee Deposit",
		filters={
			"reference_doctype": reference[0],
			"reference_name": reference[1],
			"status": ["!=", deposits.REVERSED],
		},
		fields=["name", "status", "fee_item", "amount", "balance", "deducted", "returned", "release_on"],
		order_by="creation",
	)
	sums = {
		field: sum((D(row[field]) for row in rows), Decimal("0.00")) for field in ("balance", "deducted", "returned")
	}
	states = {row.status for row in rows}
	status = None
	if rows:
		status = (
			deposits.AWAITING
			if deposits.AWAITING in states
			else deposits.HELD
			if sums["balance"]
			else deposits.RETURNED
		)
	return {
		"status": status,
		"asked": sum((D(row.amount) for row in rows), Decimal("0.00")),
		"held": sums["balance"],
		"deducted": sums["deducted"],
		"returned": sums["returned"],
		"deposits": rows,
	}


def release_deposits(reference: tuple[str, str], on: date | str) -> None:
	"""Set the day from which the deposits of a document may be returned (its period has begun or changed)."""
	frappe.db.set_value(
		"Fee Deposit",
		{
			"reference_doctype": reference[0],
			"reference_name": reference[1],
			"status": ["in", [deposits.AWAITING, deposits.HELD, deposits.PARTLY]],
		},
		"release_on",
		getdate(on),
	)


def request_deposit_return(
	deposit: str, reason: str, amount: Decimal | str, deductions: Sequence[dict] = (), **values
) -> str:
	"""Draft the return of a deposit for the cashier; returns the Fee Refund's name.

	`deductions` are {reason, amount, evidence (file address)}; `values` may set method and payee_account. Acts with the permissions
	of the session's user.
	"""
	return (
		frappe.get_doc(
			{
				"doctype": "Fee Refund",
				"source": "Deposit",
				"fee_deposit": deposit,
				"reason": reason,
				"amount": str(amount),
				"method": "Cash",
				"deductions": list(deductions),
				**values,
			}
		)
		.insert()
		.name
	)


# --- one-off charges -------------------------------------------------------------------------------------------------------


def bill_once(
	unit: str, fee_item: str, amount: Decimal | str, description: str, reference: tuple[str, str], on: date | str
) -> str:
	"""Bill an amount that the approval of another document has fixed, at once; returns the Fee Invoice's name.

	`reference` is that document (DocType, name): asking again for the same item returns the bill that there is. The caller has checked
	who approved. Raises NotAMoneyAmount, BillNotPayable when nobody pays for the unit on that day.
	"""
	same = {"reference_doctype": reference[0], "reference_name": reference[1], "fee_item": fee_item}
	existing = frappe.db.get_value("Unit Charge", same)
	if existing and (found := charges.bill_of(existing)):
		return found
	charge = frappe.get_doc(
		{
			"doctype": "Unit Charge",
			"unit": unit,
			"charge_date": getdate(on),
			"amount": str(amount),
			"description": description,
			**same,
		}
	).insert(ignore_permissions=True)  # follows from the approval of the other document
	approval.system_step(charge, "Approved", approved_by=frappe.session.user, approved_on=now_datetime())
	return charges.bill(charge)


def bill_service(
	project: str,
	unit: str,
	resident: str,
	fee_item: str,
	amount: Decimal | str,
	description: str,
	reference: tuple[str, str],
) -> str | None:
	"""Bill a resident for a service or activity whose price was published and accepted; returns the Fee Invoice's name.

	`reference` is the booking (DocType, name): asking again returns the bill that there is. None when nothing is to be paid. The caller
	has checked who accepted the price.
	"""
	return services.charge(
		{
			"project": project,
			"unit": unit,
			"resident": resident,
			"fee_item": fee_item,
			"reference_doctype": reference[0],
			"reference_name": reference[1],
			"lines": [{"description": description, "quantity": "1", "rate": str(amount), "amount": str(amount)}],
		}
	)


def cancel_service_bill(bill: str, reason: str) -> Decimal:
	"""Cancel the bill of a service that was called off; returns what had been paid, now prepayment of the payer, which the cashier
	refunds on demand. A bill that is cancelled already stays so. The caller has checked who calls off."""
	if bill_state(bill)["cancelled"]:
		return Decimal("0.00")
	return invoices.cancel([bill], reason)


def bill_state(bill: str) -> dict:
	"""`cancelled` (bool) and `outstanding` (Decimal) of a bill; one that does not exist counts as cancelled."""
	row = frappe.db.get_value("Fee Invoice", bill, ["docstatus", "outstanding"], as_dict=True)
	if not row or row.docstatus == 2:
		return {"cancelled": True, "outstanding": D(0)}
	return {"cancelled": False, "outstanding": D(row.outstanding)}


# --- income from common parts ----------------------------------------------------------------------------------------------


def record_common_income(
	project: str,
	source: str,
	amount: Decimal | str,
	on: date | str,
	description: str,
	counterparty: str | None = None,
	contract_no: str | None = None,
) -> str:
	"""Write income from common parts into the owners' books, to be submitted and approved there (L19); returns the entry's name.

	`source` is one of the Common Income Entry's. The caller has checked the right to the paper behind it. Raises NotAMoneyAmount,
	BadPeriod for a day to come, CommonIncomeClosed for a day that was published to the owners already.
	"""
	return (
		frappe.get_doc(
			{
				"doctype": "Common Income Entry",
				"project": project,
				"posting_date": getdate(on),
				"kind": "Income",
				"source": source,
				"amount": str(amount),
				"description": description,
				"counterparty": counterparty,
				"contract_no": contract_no,
			}
		)
		.insert(ignore_permissions=True)  # a draft that follows from another paper; the books approve it
		.name
	)


def withdraw_common_income(entry: str) -> bool:
	"""Take an entry out of the owners' books that is not approved yet; False when it is, and has to be reversed there.

	The caller has checked the right to the paper behind it.
	"""
	row = frappe.db.get_value("Common Income Entry", entry, ["name", "workflow_state"], as_dict=True, for_update=True)
	if row and row.workflow_state == "Approved":
		return False
	if row:
		frappe.delete_doc("Common Income Entry", entry, ignore_permissions=True)  # see above
	return True


def common_income_states(entries: Sequence[str]) -> dict[str, str]:
	"""State of each entry of the owners' books, by name; entries that do not exist are left out."""
	return dict(
		frappe.get_all(
			"Common Income Entry",
			filters={"name": ["in", list(entries) or [""]]},
			fields=["name", "workflow_state"],
			as_list=True,
		)
	)


# --- meters ----------------------------------------------------------------------------------------------------------------


def meters_of_unit(unit: str) -> list[dict]:
	"""Meters in use of a home: `name`, `meter_no`, `meter_kind`, `base_value` (what the last reading counted)."""
	return frappe.get_all(
		"Utility Meter",
		filters={"unit": unit, "status": "In Use"},
		fields=["name", "meter_no", "meter_kind", "base_value"],
		order_by="meter_kind, meter_no",
	)


def record_reading(meter: str, value: str, remark: str | None = None) -> str:
	"""Write what a meter shows today when its home changes hands; returns the Meter Reading's name (L9).

	A reading of today with this value is returned instead of a second one. The caller has checked who asks. Raises
	WrongReading for anything that the meter cannot show.
	"""
	digits = meters.digits_of(value)
	known = frappe.db.get_value("Meter Reading", {"meter": meter, "read_on": today()}, ["name", "value"])
	if known and D(known[1]) == D(digits):
		return known[0]
	return (
		frappe.get_doc(
			{
				"doctype": "Meter Reading",
				"meter": meter,
				"read_on": today(),
				"value": digits,
				"reading_type": "Hand-over",
				"remark": remark,
			}
		)
		.insert(ignore_permissions=True)  # see above
		.name
	)
