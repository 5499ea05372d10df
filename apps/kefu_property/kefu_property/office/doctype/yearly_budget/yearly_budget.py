import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.office import budget
from kefu_property.office.exceptions_desk import BudgetExists, InvalidAmount, ItemTwice
from kefu_property.rules.budget_rules import available
from kefu_property.rules.money import D, sum_money


class YearlyBudget(Document):
	"""Budget of a project for one year by item, in force after approval (S1)."""

	def validate(self) -> None:
		self.check_year()
		self.check_lines()
		self.total = sum_money(D(row.amount) for row in self.lines)

	def check_year(self) -> None:
		if not 2000 <= (self.year or 0) <= 2100:
			frappe.throw(_("Enter the year of the budget."), InvalidAmount)

	def check_lines(self) -> None:
		seen = set()
		for row in self.lines:
			budget.check_amount(row.amount)
			if row.budget_item in seen:
				frappe.throw(
					_("{0} stands twice. Put it into one row.").format(row.item_name or row.budget_item), ItemTwice
				)
			seen.add(row.budget_item)
			if row.block_percent and row.warn_percent and row.warn_percent > row.block_percent:
				frappe.throw(
					_("The warning of {0} comes after the block. Lower it.").format(row.item_name or row.budget_item),
					InvalidAmount,
				)
			if self.docstatus.is_draft():
				row.committed = row.spent = 0
				row.available = row.amount

	def before_submit(self) -> None:
		"""One budget in force for a project and year; what was spent before the approval counts."""
		frappe.db.sql("select name from `tabProperty Project` where name = %s for update", self.project)
		others = frappe.db.sql(
			"select name from `tabYearly Budget` where project = %s and year = %s and docstatus = 1 lock in share mode",
			(self.project, self.year),
		)
		if others:
			frappe.throw(
				_("The budget {0} is in force for this year. Cancel it, or move money by a budget transfer.").format(
					others[0][0]
				),
				BudgetExists,
			)
		totals = budget.totals(self.project, self.year)
		for row in self.lines:
			row.committed = totals.get((row.budget_item, budget.COMMITMENT), budget.ZERO)
			row.spent = totals.get((row.budget_item, budget.SPENDING), budget.ZERO)
			row.available = available(D(row.amount), D(row.committed), D(row.spent))
