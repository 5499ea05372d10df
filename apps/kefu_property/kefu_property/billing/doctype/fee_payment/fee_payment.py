import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.billing import paper, payments, till
from kefu_property.billing.exceptions import KeyUsedOtherwise, NotAMoneyAmount, PaymentNotPosted, ReceiptNeverChanges
from kefu_property.registry import api as registry
from kefu_property.rules.money import D


class FeePayment(Document):
	"""Money taken from a payer; it prints the receipt (D2, S2). Posted as it is saved, never changed, only reversed."""

	def insert(self, *args, **kwargs):
		"""Post the payment. The same idempotency key again returns the receipt that it made, and takes nothing.

		Raises KeyUsedOtherwise when the key belongs to another payer or amount.
		"""
		if earlier := self.earlier_receipt():
			return earlier
		try:
			return super().insert(*args, **kwargs)
		except frappe.UniqueValidationError:
			# the same key arrived twice at once and the other request has posted it: look again with fresh eyes
			frappe.db.rollback()
			if earlier := self.earlier_receipt():
				return earlier
			raise

	def earlier_receipt(self):
		name = self.idempotency_key and frappe.db.get_value("Fee Payment", {"idempotency_key": self.idempotency_key})
		if not name:
			return None
		doc = frappe.get_doc("Fee Payment", name)
		doc.check_permission("read")
		if (doc.resident, doc.project) != (self.resident, self.project) or D(doc.amount) != payments.money(self.amount):
			frappe.throw(
				_("The idempotency key {0} belongs to receipt {1}, of another payer or amount.").format(
					frappe.utils.escape_html(self.idempotency_key), doc.receipt_no
				),
				KeyUsedOtherwise,
			)
		return doc

	def before_validate(self):
		self.posting_date = self.posting_date or today()
		self.payer_name = registry.names_of([self.resident]).get(self.resident) if self.resident else None
		self.idempotency_key = self.idempotency_key or None

	def validate(self):
		self.check_posted()
		self.check_date()
		self.check_cash()

	def check_posted(self):
		if self.docstatus == 0:
			frappe.throw(_("A payment is posted when it is saved. Use the page Collect Payment."), PaymentNotPosted)

	def check_date(self):
		if getdate(self.posting_date) > getdate(today()):
			frappe.throw(_("A payment cannot be dated in the future."), NotAMoneyAmount)

	def check_cash(self):
		if self.flags.is_reversal:
			return
		amount = payments.money(self.amount)
		if self.method != "Cash" or not self.tendered:
			self.tendered = self.change_given = 0
			return
		tendered = payments.money(self.tendered)
		if tendered < amount:
			frappe.throw(_("{0} yuan were given, {1} yuan are due.").format(tendered, amount), NotAMoneyAmount)
		self.change_given = tendered - amount

	def before_submit(self):
		if not self.is_new():
			frappe.throw(_("A receipt never changes. Reverse it and take the payment again."), ReceiptNeverChanges)
		# what came through a payment channel is in nobody's till
		self.cashier = None if self.flags.online else frappe.session.user
		till.check_open(self.project, self.cashier, self.posting_date)
		if self.flags.is_reversal:
			self.status = "Reversal"
		else:
			self.reversal_of = None
			payments.prepare(self)
			self.status = "Posted"
		# after the bills, last of all locks: the number is held for the shortest time
		payments.number_receipt(self)

	def on_submit(self):
		payments.post(self)

	def before_update_after_submit(self):
		frappe.throw(_("A receipt never changes. Reverse it and take the payment again."), ReceiptNeverChanges)

	def before_cancel(self):
		frappe.throw(
			_("A receipt is not cancelled but reversed, so that its number stays explained."), ReceiptNeverChanges
		)

	def on_trash(self):
		frappe.throw(_("A receipt is never deleted."), ReceiptNeverChanges)

	def printed(self) -> dict:
		"""Everything that the receipt's template prints."""
		units = dict.fromkeys(row.unit for row in self.allocations if row.unit)
		return {
			"letterhead": paper.letterhead(self.project),
			"lines": paper.lines_of(self.allocations, "amount"),
			"units": ", ".join(paper.unit_code(unit) for unit in units),
			"amount": paper.yuan(self.amount),
			"capital": paper.capital_text(self.amount),
			"prepaid": paper.yuan(self.prepaid) if D(self.prepaid) else "",
			"deposited": paper.yuan(self.deposited) if D(self.deposited) else "",
			"deposit_item": _(frappe.db.get_value("Fee Deposit", self.fee_deposit, "fee_item"))
			if self.fee_deposit
			else "",
			"tendered": paper.yuan(self.tendered) if D(self.tendered) else "",
			"change": paper.yuan(self.change_given),
			"method": paper.method_text(self.method),
			"cashier": frappe.utils.get_fullname(self.cashier) if self.cashier else "",
			"reverses": frappe.db.get_value("Fee Payment", self.reversal_of, "receipt_no") if self.reversal_of else "",
			"reversed_by": frappe.db.get_value("Fee Payment", self.reversed_by, "receipt_no")
			if self.reversed_by
			else "",
		}


def on_doctype_update():
	frappe.db.add_index("Fee Payment", ["project", "posting_date", "cashier"])
	frappe.db.add_index("Fee Payment", ["resident", "posting_date"])
