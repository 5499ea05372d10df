"""Deposit and refuse removal fee through billing: the deposit is taken by the cashier, the fee is a bill (L11)."""

from decimal import Decimal

import frappe
from frappe import _

from kefu_property.billing import api as billing
from kefu_property.renovation.exceptions import ChargesOpen
from kefu_property.rules.money import D, round_money

DEPOSIT_ITEM, REFUSE_ITEM = "Renovation Deposit", "Refuse Removal Fee"


def reference(application: str) -> tuple[str, str]:
	"""What deposits and bills of an application refer to."""
	return "Renovation Application", application


def bill_refuse_fee(doc) -> None:
	"""Bill the refuse removal fee of an application that has just been approved; the owner sees it on the portal."""
	if D(doc.refuse_fee) > 0:
		description = _("Refuse removal of renovation {0}").format(doc.name)
		bill = billing.bill_once(
			doc.unit, REFUSE_ITEM, doc.refuse_fee, description, reference(doc.name), frappe.utils.today()
		)
		doc.db_set("refuse_bill", bill)


def open_charges(doc) -> dict[str, Decimal]:
	"""What of an approved application is not paid yet, by fee item; empty when the permit can be issued."""
	open_: dict[str, Decimal] = {}
	missing = D(doc.deposit) - billing.deposit_state(reference(doc.name))["held"]
	if missing > 0:
		open_[DEPOSIT_ITEM] = round_money(missing)
	if D(doc.refuse_fee) > 0:
		state = billing.bill_state(doc.refuse_bill) if doc.refuse_bill else {"cancelled": True, "outstanding": D(0)}
		left = D(doc.refuse_fee) if state["cancelled"] else state["outstanding"]
		if left > 0:
			open_[REFUSE_ITEM] = round_money(left)
	return open_


@frappe.whitelist()
def state(application: str) -> dict[str, str]:
	"""What is not paid yet of an application, by fee item, amounts as text."""
	doc = frappe.get_doc("Renovation Application", application)
	doc.check_permission("read")
	return {item: str(amount) for item, amount in open_charges(doc).items()}


@frappe.whitelist(methods=["POST"])
def receive_deposit(application: str, method: str, reference_no: str | None = None) -> str:
	"""Take the deposit of an approved application with a receipt (cashier). Returns the Fee Deposit's name.

	Raises ChargesOpen before the approval or when the deposit is held already.
	"""
	frappe.only_for(("Cashier", "Accountant"))
	frappe.db.get_value("Renovation Application", application, "name", for_update=True)
	doc = frappe.get_doc("Renovation Application", application)
	doc.check_permission("read")
	if doc.workflow_state != "Approved" or doc.permit:
		frappe.throw(_("The deposit is received after the application was approved, before the permit."), ChargesOpen)
	missing = open_charges(doc).get(DEPOSIT_ITEM)
	if not missing:
		frappe.throw(_("The deposit is held already: {0}.").format(doc.fee_deposit), ChargesOpen)
	name = billing.take_deposit(
		doc.project,
		doc.resident,
		missing,
		DEPOSIT_ITEM,
		unit=doc.unit,
		purpose=_("Renovation {0}").format(doc.name),
		reference=reference(doc.name),
		method=method,
		reference_no=reference_no,
	)
	if open_charges(doc).get(DEPOSIT_ITEM):
		frappe.throw(_("The deposit {0} waits at the till. Take it there.").format(name), ChargesOpen)
	doc.db_set("fee_deposit", name)
	return name


def refund_paid(doc, method: str | None = None) -> None:
	"""Event of billing: the refund of a permit's deposit was paid, the permit is closed."""
	permit = frappe.db.get_value("Renovation Permit", {"fee_refund": doc.name, "status": "Refund Due"})
	if permit:
		day = frappe.utils.today()
		paper = frappe.get_doc("Renovation Permit", permit)
		paper.db_set({"status": "Closed", "refunded_on": day, "closed_on": day})
		paper.add_comment("Info", _("Deposit refunded: {0} yuan, paper {1}").format(doc.amount, doc.name))


def refund_deleted(doc, method: str | None = None) -> None:
	"""Event of billing: a refund that was never paid is gone, another one may be asked for."""
	permit = frappe.db.get_value("Renovation Permit", {"fee_refund": doc.name})
	if permit:
		frappe.get_doc("Renovation Permit", permit).db_set("fee_refund", None)
