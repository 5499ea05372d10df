import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.billing import deposits, paper, payments
from kefu_property.billing.exceptions import BadPeriod, NotADeposit, ReceiptNeverChanges
from kefu_property.registry import api as registry


class FeeDeposit(Document):
	"""Money held for a payer: asked for as a draft, taken with a receipt when it is submitted (D2, D25)."""

	def before_validate(self):
		self.payer_name = registry.names_of([self.resident]).get(self.resident) if self.resident else None
		if self.docstatus == 0:
			self.update({"status": deposits.AWAITING, "balance": 0, "deducted": 0, "returned": 0, "fee_payment": None})
			self.taken_on = None

	def validate(self):
		self.check_item()
		self.check_project()
		self.check_amount()
		self.check_release()

	def check_item(self):
		if frappe.db.get_value("Fee Item", self.fee_item, "category") != "Deposit":
			frappe.throw(
				_("{0} is not a deposit. Choose a fee item of the category Deposit.").format(_(self.fee_item)),
				NotADeposit,
			)

	def check_project(self):
		for doctype, name in (("Resident", self.resident), ("Property Unit", self.unit)):
			if name and frappe.get_cached_value(doctype, name, "project") != self.project:
				frappe.throw(_("{0} {1} belongs to another project.").format(_(doctype), name), NotADeposit)

	def check_amount(self):
		self.amount = str(payments.money(self.amount))

	def check_release(self):
		if self.docstatus == 0 and self.release_on and getdate(self.release_on) < getdate(today()):
			frappe.throw(_("A deposit is returned after it was taken: choose a day from today on."), BadPeriod)

	def before_submit(self):
		self.taken_on = today()
		self.status, self.balance, self.deducted, self.returned = deposits.HELD, self.amount, 0, 0

	def on_submit(self):
		deposits.take(self)

	def before_cancel(self):
		frappe.throw(
			_("A deposit that was taken is not cancelled. Reverse its receipt, or return it."), ReceiptNeverChanges
		)

	def before_update_after_submit(self):
		before = self.get_doc_before_save()
		for field in ("status", "taken_on", "balance", "deducted", "returned", "fee_payment"):
			self.set(field, before.get(field))

	def printed(self) -> dict:
		"""Everything that the deposit agreement prints."""
		return {
			"unit": paper.unit_code(self.unit),
			"amount": paper.yuan(self.amount),
			"capital": paper.capital_text(self.amount),
			"receipt_no": frappe.db.get_value("Fee Payment", self.fee_payment, "receipt_no")
			if self.fee_payment
			else "",
			"method": paper.method_text(self.method) if self.method else "",
			"returns": [
				row | {"amount": paper.yuan(row.amount), "deducted": paper.yuan(row.deducted)}
				for row in frappe.get_all(
					"Fee Refund",
					filters={"fee_deposit": self.name, "docstatus": 1},
					fields=["name", "posting_date", "amount", "deducted", "method", "reason"],
					order_by="posting_date, name",
				)
			],
			"held": paper.yuan(self.balance),
		}


def on_doctype_update():
	frappe.db.add_index("Fee Deposit", ["project", "status", "modified"])
	frappe.db.add_index("Fee Deposit", ["unit"])
	frappe.db.add_index("Fee Deposit", ["reference_doctype", "reference_name"])
