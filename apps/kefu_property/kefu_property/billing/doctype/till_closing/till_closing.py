from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate, today

from kefu_property.billing import paper, payments, till
from kefu_property.billing.exceptions import ClosingDiffers, DayClosed, NotAMoneyAmount, ReceiptNeverChanges
from kefu_property.rules.money import D

ZERO = Decimal("0.00")
OPEN = (None, "", "Draft")


class TillClosing(Document):
	"""A cashier's day: expected by method, counted cash, difference; handed in, approved, banked, and locked (D2)."""

	def before_validate(self):
		self.cashier = self.cashier or frappe.session.user
		self.cashier_name = frappe.utils.get_fullname(self.cashier)
		if self.is_counting():
			self.fill_expected()
			self.add_up()

	def validate(self):
		self.check_cashier()
		self.check_day()
		self.check_counted()
		self.check_unchanged()
		self.check_bank()

	def is_counting(self) -> bool:
		"""Figures follow the receipts until the closing has been handed in, and once more as it is."""
		before = self.get_doc_before_save()
		return not before or before.workflow_state in OPEN

	def fill_expected(self):
		facts = till.expected(self.project, self.cashier, self.closing_date)
		counted = {row.method: row.counted for row in self.modes}
		self.set("modes", [])
		for method, row in facts["modes"].items():
			expected = row["received"] - row["paid_out"]
			self.append(
				"modes", {"method": method, **row, "expected": expected, "counted": counted.get(method, expected)}
			)
		self.update({"receipts": facts["receipts"], "first_receipt": facts["first"], "last_receipt": facts["last"]})

	def add_up(self):
		for row in self.cash:
			if cint(row.pieces) < 0 or cint(row.pieces) > 1_000_000:
				frappe.throw(
					_("Count the pieces of {0} yuan: a number from 0 on.").format(row.denomination), NotAMoneyAmount
				)
			row.amount = D(row.denomination) * cint(row.pieces)
		self.change_fund = str(payments.money(self.change_fund or "0", allow_zero=True))
		cash = sum((D(row.amount) for row in self.cash), ZERO) - D(self.change_fund)
		for row in self.modes:
			if row.method == "Cash":
				row.counted = cash if self.cash else ZERO
			row.difference = D(row.counted) - D(row.expected)
		self.expected_total = sum((D(row.expected) for row in self.modes), ZERO)
		self.counted_total = sum((D(row.counted) for row in self.modes), ZERO)
		self.difference = D(self.counted_total) - D(self.expected_total)
		self.to_bank = sum((D(row.counted) for row in self.modes if row.method == "Cash"), ZERO)

	def check_cashier(self):
		if self.cashier != frappe.session.user and not {"Accountant", "Office Director", "System Manager"} & set(
			frappe.get_roles()
		):
			frappe.throw(_("Cashiers close their own till."), frappe.PermissionError)

	def check_day(self):
		if getdate(self.closing_date) > getdate(today()):
			frappe.throw(_("A day is closed when it has come."), DayClosed)
		if self.is_new() and frappe.db.exists(
			"Till Closing",
			{"project": self.project, "cashier": self.cashier, "closing_date": self.closing_date},
		):
			frappe.throw(_("There is a closing of this day already. Open that one."), DayClosed)

	def check_counted(self):
		if self.workflow_state in OPEN:
			return
		uneven = [row for row in self.modes if D(row.difference)]
		if uneven and not (self.difference_reason or "").strip():
			frappe.throw(
				_("{0}: counted {1}, expected {2}. Say why before you hand in the till.").format(
					_(uneven[0].method), paper.yuan(uneven[0].counted), paper.yuan(uneven[0].expected)
				),
				ClosingDiffers,
			)

	def check_unchanged(self):
		before = self.get_doc_before_save()
		if not before or before.workflow_state in OPEN:
			return
		if any(_figures(before)[key] != value for key, value in _figures(self).items()):
			frappe.throw(_("A till that was handed in is not changed. Have it rejected first."), ClosingDiffers)

	def check_bank(self):
		if self.docstatus == 0 and not D(self.bank_amount or 0):
			self.bank_amount = self.bank_date = None
		if D(self.bank_amount or 0):
			payments.money(self.bank_amount)
			if not self.bank_date or getdate(self.bank_date) < getdate(self.closing_date):
				frappe.throw(_("Say on which day the cash was taken to the bank."), ClosingDiffers)

	def before_submit(self):
		before = self.get_doc_before_save()
		if not before or before.workflow_state != "Pending Approval" or self.workflow_state != "Closed":
			frappe.throw(_("A till is handed in and then approved by somebody else."), ClosingDiffers)

	def before_update_after_submit(self):
		self.check_bank()

	def before_cancel(self):
		frappe.throw(_("A closed day stays closed."), ReceiptNeverChanges)

	def on_trash(self):
		if self.workflow_state not in OPEN:
			frappe.throw(_("A closed day stays closed."), ReceiptNeverChanges)

	def printed(self) -> dict:
		"""Everything that the closing sheet prints."""
		return {
			"cashier": frappe.utils.get_fullname(self.cashier),
			"modes": [
				{
					field: paper.yuan(row.get(field))
					for field in ("received", "paid_out", "expected", "counted", "difference")
				}
				| {"method": paper.method_text(row.method), "receipts": row.receipts}
				for row in self.modes
			],
			"cash": [
				{"denomination": row.denomination, "pieces": cint(row.pieces), "amount": paper.yuan(row.amount)}
				for row in self.cash
			],
			**{
				field: paper.yuan(self.get(field))
				for field in ("change_fund", "expected_total", "counted_total", "difference", "to_bank")
			},
			"bank_amount": paper.yuan(self.bank_amount) if D(self.bank_amount or 0) else "",
			"capital": paper.capital_text(self.to_bank) if D(self.to_bank) >= 0 else "",
		}


def _figures(doc) -> dict:
	"""What a closing says about money, for comparison."""
	return {
		"modes": [(row.method, D(row.expected), D(row.counted)) for row in doc.modes],
		"cash": [(row.denomination, cint(row.pieces)) for row in doc.cash],
		"change_fund": D(doc.change_fund or 0),
		"reason": doc.difference_reason or "",
	}


def on_doctype_update():
	frappe.db.add_unique("Till Closing", ["project", "cashier", "closing_date"])
