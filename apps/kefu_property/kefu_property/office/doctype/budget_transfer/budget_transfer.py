import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import fmt_money

from kefu_property.office import budget
from kefu_property.office.exceptions_desk import BudgetExceeded, BudgetMissing, ItemTwice
from kefu_property.rules.money import D, sum_money


class BudgetTransfer(Document):
	"""Moves money between items of a budget in force, or adds to it, with approval (S1)."""

	def validate(self) -> None:
		budget.check_amount(self.amount)
		self.check_items()

	def check_items(self) -> None:
		if self.from_item == self.to_item:
			frappe.throw(_("Choose two different items."), ItemTwice)
		for item in filter(None, (self.from_item, self.to_item)):
			state = budget.line_state(self.project, item, self.year)  # lint: allow query-in-loop: two items
			if not state:
				frappe.throw(_("No budget of {0} in force has the item {1}.").format(self.year, item), BudgetMissing)
			if item == self.from_item and self.docstatus.is_draft() and state.available < D(self.amount):
				self.refuse(state.available)

	def refuse(self, left) -> None:
		frappe.throw(
			_("Only {0} yuan are left of the item that gives.").format(fmt_money(left, precision=2)), BudgetExceeded
		)

	def on_submit(self) -> None:
		items = [item for item in (self.from_item, self.to_item) if item]
		lines = budget.lock(self.project, self.year, items)
		for item, sign in ((self.from_item, -1), (self.to_item, 1)):
			if not item:
				continue
			row = lines[item]
			amount, left = D(row.amount) + sign * D(self.amount), D(row.available) + sign * D(self.amount)
			if sign < 0 and left < 0:
				self.refuse(D(row.available))
			# lint: allow query-in-loop: two rows, locked above
			frappe.db.set_value("Yearly Budget Line", row.name, {"amount": amount, "available": left})
		parent = next(iter(lines.values())).parent
		amounts = frappe.get_all("Yearly Budget Line", filters={"parent": parent}, pluck="amount")
		frappe.db.set_value("Yearly Budget", parent, "total", sum_money(D(amount) for amount in amounts))
