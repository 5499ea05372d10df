from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.billing import deposits, ledger, paper, payments, till
from kefu_property.billing.exceptions import (
	NotAMoneyAmount,
	PrepaymentTooSmall,
	ReceiptNeverChanges,
	RefundNotApproved,
)
from kefu_property.registry import api as registry
from kefu_property.rules.money import D

ZERO = Decimal("0.00")
FIXED = ("project", "source", "fee_deposit", "resident", "amount", "deducted", "method", "payee_account")


class FeeRefund(Document):
	"""A deposit or a prepayment goes back to its payer, less what is deducted with evidence; approved, then paid (D2)."""

	def before_naming(self):
		self.follow_deposit()  # the name tells the project

	def follow_deposit(self):
		if self.source == "Deposit" and self.fee_deposit:
			self.project, self.resident = frappe.db.get_value(
				"Fee Deposit", self.fee_deposit, ["project", "resident"]
			) or (self.project, self.resident)

	def before_validate(self):
		self.follow_deposit()
		if self.source == "Prepayment":
			self.fee_deposit = None
			self.set("deductions", [])
		self.payer_name = registry.names_of([self.resident]).get(self.resident) if self.resident else None
		if self.docstatus == 0:
			self.posting_date = self.cashier = None

	def validate(self):
		self.check_amounts()
		self.check_method()
		self.check_available()
		self.check_as_approved()

	def check_amounts(self):
		self.amount = str(payments.money(self.amount or "0", allow_zero=True))
		for row in self.deductions:
			row.amount = str(payments.money(row.amount))
		self.deducted = str(sum((D(row.amount) for row in self.deductions), ZERO))
		if not D(self.amount) + D(self.deducted):
			frappe.throw(_("Type what is paid back or what is deducted."), NotAMoneyAmount)

	def check_method(self):
		if self.source == "Prepayment" and self.method == payments.PREPAYMENT_METHOD:
			frappe.throw(_("Prepayment is paid back in money. Choose another method."), NotAMoneyAmount)

	def check_available(self):
		"""Again on the day of payment, then with the deposit or the prepayment locked."""
		if self.docstatus:
			return
		amount, deducted = D(self.amount), D(self.deducted)
		if self.source == "Deposit":
			row = deposits.lock(self.fee_deposit)
			self.available = str(row.balance)
			# the period is checked on the day of payment: the request may be prepared before
			deposits.check_use(row | {"release_on": None}, amount, deducted)
			return
		self.available = str(-ledger.balance(ledger.PREPAYMENT, resident=self.resident, project=self.project))
		self.check_prepayment(D(self.available))

	def check_prepayment(self, there: Decimal):
		if D(self.amount) > there:
			frappe.throw(
				_("The prepayment is {0} yuan, {1} yuan are needed.").format(there, D(self.amount)), PrepaymentTooSmall
			)

	def check_as_approved(self):
		before = self.get_doc_before_save()
		if not before or before.workflow_state in (None, "Draft"):
			return
		same = all(str(before.get(field) or "") == str(self.get(field) or "") for field in FIXED[:4] + FIXED[6:])
		same = same and all(D(before.get(field)) == D(self.get(field)) for field in ("amount", "deducted"))
		rows = [[(row.reason, D(row.amount), row.evidence) for row in doc.deductions] for doc in (before, self)]
		if not same or rows[0] != rows[1]:
			frappe.throw(_("The refund is paid as it was handed in. Have it rejected to change it."), RefundNotApproved)

	def before_submit(self):
		before = self.get_doc_before_save()
		if self.is_new() or not before or before.workflow_state != "Approved" or self.workflow_state != "Paid":
			frappe.throw(_("A refund is paid after it was approved."), RefundNotApproved)
		self.posting_date, self.cashier = today(), frappe.session.user
		till.check_open(self.project, self.cashier, self.posting_date)
		payments.lock_payers([self.resident])
		if self.source == "Deposit":
			self.flags.deposit = deposits.lock(self.fee_deposit)
			deposits.check_use(self.flags.deposit, D(self.amount), D(self.deducted))
		else:
			self.check_prepayment(
				-ledger.balance(ledger.PREPAYMENT, resident=self.resident, project=self.project, lock=True)
			)

	def on_submit(self):
		amount, deducted = D(self.amount), D(self.deducted)
		unit = item = None
		if row := self.flags.deposit:
			deposits.use(row, amount, deducted)
			unit, item = row.unit, row.fee_item

		def entry(account: str, kind: str, value: Decimal) -> ledger.Entry:
			return ledger.Entry(
				getdate(self.posting_date),
				self.project,
				unit,
				self.resident,
				item,
				account,
				kind,
				value,
				None,
				"Fee Refund",
				self.name,
			)

		entries = [entry(self.source, "Deduction", deducted), entry(self.source, "Refund", amount)]
		if self.method == payments.PREPAYMENT_METHOD:
			entries.append(entry(ledger.PREPAYMENT, "Prepayment", -amount))
		ledger.post(entries)

	def before_cancel(self):
		frappe.throw(_("A refund that was paid is not cancelled. Take the money again."), ReceiptNeverChanges)

	def printed(self) -> dict:
		"""Everything that the refund voucher prints."""
		return {
			"amount": paper.yuan(self.amount),
			"capital": paper.capital_text(self.amount),
			"deducted": paper.yuan(self.deducted),
			"deductions": [{"reason": row.reason, "amount": paper.yuan(row.amount)} for row in self.deductions],
			"method": paper.method_text(self.method),
			"cashier": frappe.utils.get_fullname(self.cashier) if self.cashier else "",
		}


def on_doctype_update():
	frappe.db.add_index("Fee Refund", ["project", "posting_date", "cashier"])
	frappe.db.add_index("Fee Refund", ["project", "workflow_state", "modified"])
