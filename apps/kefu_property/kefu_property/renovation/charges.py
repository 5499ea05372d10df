"""Deposit and refuse removal fee of an application: what the cashier received (L11)."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.renovation.exceptions import ChargesOpen
from kefu_property.rules.money import D

#: charge → (amount, number of its paper, paid)
FIELDS = {
	"Deposit": ("deposit", "deposit_receipt", "deposit_paid"),
	"Refuse Removal Fee": ("refuse_fee", "refuse_receipt", "refuse_paid"),
}


@frappe.whitelist(methods=["POST"])
def receive(application: str, charge: str, paper: str) -> None:
	"""Note that a charge of an approved application was received, with the number of its receipt (cashier)."""
	frappe.only_for(("Cashier", "Kefu Administrator"))
	frappe.db.get_value("Renovation Application", application, "name", for_update=True)
	doc = frappe.get_doc("Renovation Application", application)
	doc.check_permission("read")
	if charge not in FIELDS or doc.workflow_state != "Approved":
		frappe.throw(_("Charges are received after the application was approved."), ChargesOpen)
	amount, receipt, paid = FIELDS[charge]
	if doc.get(paid):
		frappe.throw(_("It was received already, receipt {0}.").format(doc.get(receipt)), ChargesOpen)
	if not paper.strip():
		frappe.throw(_("Enter the number of the receipt."), ChargesOpen)
	doc.db_set({paid: 1, receipt: paper.strip()})
	doc.add_comment(
		"Info",
		_("{0}: {1} yuan received, receipt {2}").format(
			_(charge), D(doc.get(amount)), paper
		),  # lint: allow translate-dynamic: one of two labels
	)
