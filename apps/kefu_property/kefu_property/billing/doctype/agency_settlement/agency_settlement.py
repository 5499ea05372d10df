import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.billing import agency, paper, payments
from kefu_property.billing.exceptions import BadPeriod, SettlementRefused
from kefu_property.rules.money import D

FINAL = ("Approved", "Paid")


class AgencySettlement(Document):
	"""Money collected for somebody else (代收) on its way to whom it belongs, without a deduction (L7)."""

	def validate(self):
		self.check_final()
		self.check_item()
		self.check_open()
		self.fill()
		self.check_amount()

	def on_trash(self):
		if self.workflow_state in FINAL:
			frappe.throw(_("An approved settlement stays on record."), SettlementRefused)

	def check_final(self):
		before = self.get_doc_before_save()
		if before and before.workflow_state in FINAL:
			frappe.throw(_("An approved settlement never changes."), SettlementRefused)

	def check_item(self):
		item = frappe.get_cached_value("Fee Item", self.fee_item, ["is_agency", "principal"], as_dict=True)
		if not item or not item.is_agency:
			frappe.throw(_("{0} is not collected for somebody else.").format(_(self.fee_item)), SettlementRefused)
		if getdate(self.to_date) < getdate(self.from_date) or getdate(self.to_date) > getdate(today()):
			frappe.throw(_("The period must have ended and begin before it ends."), BadPeriod)
		self.principal = item.principal

	def check_open(self):
		other = frappe.db.exists(
			"Agency Settlement",
			{
				"project": self.project,
				"fee_item": self.fee_item,
				"workflow_state": ["in", ["Draft", "Pending Approval"]],
				"name": ["!=", self.name or ""],
			},
		)
		if other:
			frappe.throw(
				_("Settlement {0} is not finished yet. Finish or delete it first.").format(other), SettlementRefused
			)

	def fill(self):
		self.billed, self.collected = agency.of_period(self.project, self.fee_item, self.from_date, self.to_date)
		self.collected_total = agency.of_period(self.project, self.fee_item, "1900-01-01", self.to_date)[1]
		self.settled_before = agency.settled(self.project, self.fee_item)
		self.due_amount = D(self.collected_total) - D(self.settled_before)

	def check_amount(self):
		if not D(self.amount):
			self.amount = max(D(self.due_amount), D(0))
		if payments.money(self.amount, allow_zero=True) > max(D(self.due_amount), D(0)) or not D(self.amount):
			frappe.throw(
				_("{0} yuan are to be handed over, not {1}.").format(D(self.due_amount), D(self.amount)),
				SettlementRefused,
			)

	def in_words(self) -> str:
		return paper.capital_text(self.amount)
