import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.billing import common_income
from kefu_property.billing.exceptions import BadPeriod, CommonIncomeClosed
from kefu_property.rules.money import D, sum_money


class CommonIncomeDisclosure(Document):
	"""Income from common parts of a quarter as published to the owners (L5, L19)."""

	def validate(self):
		self.check_final()
		self.check_period()
		self.fill()

	def on_trash(self):
		if self.workflow_state == "Approved":
			frappe.throw(_("A published disclosure stays on record."), CommonIncomeClosed)

	def check_final(self):
		before = self.get_doc_before_save()
		if before and before.workflow_state == "Approved":
			frappe.throw(_("A published disclosure never changes."), CommonIncomeClosed)

	def check_period(self):
		start, end = getdate(self.from_date), getdate(self.to_date)
		if end < start or end > getdate(today()):
			frappe.throw(_("The period must have ended and begin before it ends."), BadPeriod)
		overlap = frappe.db.exists(
			"Common Income Disclosure",
			{
				"project": self.project,
				"workflow_state": "Approved",
				"name": ["!=", self.name or ""],
				"to_date": [">=", start],
				"from_date": ["<=", end],
			},
		)
		if overlap:
			frappe.throw(_("{0} has published some of these days.").format(overlap), BadPeriod)

	def fill(self):
		self.opening = common_income.balance(self.project, before=self.from_date)
		rows = common_income.sums(self.project, self.from_date, self.to_date)
		self.set("lines", rows)
		self.income = sum_money(row["amount"] for row in rows if row["kind"] == "Income")
		self.expense = sum_money(row["amount"] for row in rows if row["kind"] == "Expense")
		self.closing = D(self.opening) + D(self.income) - D(self.expense)
