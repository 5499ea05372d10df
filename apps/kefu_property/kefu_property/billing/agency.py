"""The subledger of what is collected for others (代收): billed, collected, handed over (L7)."""

# No postponed annotations here: the framework converts what a form sends by them
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.billing.exceptions import SettlementRefused
from kefu_property.rules.money import D
from kefu_property.suite.approval import system_step

CENT = Decimal("0.01")


def of_period(project: str, fee_item: str, start, end) -> tuple[Decimal, Decimal]:
	"""(billed, collected) of an item between two days, by the ledger."""
	billed, collected = frappe.db.sql(
		"""select ifnull(sum(if(kind in ('Bill', 'Opening Balance', 'Waiver'), amount, 0)), 0), ifnull(-sum(if(kind = 'Payment', amount, 0)), 0)
		from `tabFee Ledger Entry`
		where project = %s and account = 'Receivable' and fee_item = %s and posting_date between %s and %s""",
		(project, fee_item, start, end),
	)[0]
	return D(billed).quantize(CENT), D(collected).quantize(CENT)


def settled(project: str, fee_item: str) -> Decimal:
	"""What was handed over, or approved to be."""
	total = frappe.db.sql(
		"""select ifnull(sum(amount), 0) from `tabAgency Settlement`
		where project = %s and fee_item = %s and workflow_state in ('Approved', 'Paid')""",
		(project, fee_item),
	)[0][0]
	return D(total).quantize(CENT)


@frappe.whitelist(methods=["POST"])
def record_transfer(settlement: str, paid_on: str, reference_no: str, proof: str | None = None) -> None:
	"""Write down the transfer of an approved settlement."""
	doc = frappe.get_doc("Agency Settlement", settlement, for_update=True)
	doc.check_permission("write")
	frappe.only_for("Accountant")
	if doc.workflow_state != "Approved":
		frappe.throw(_("Only an approved settlement is paid, and only once."), SettlementRefused)
	if not reference_no.strip():
		frappe.throw(_("Give the number of the transfer."), SettlementRefused)
	system_step(doc, "Paid", paid_on=getdate(paid_on), reference_no=reference_no.strip(), proof=proof)
