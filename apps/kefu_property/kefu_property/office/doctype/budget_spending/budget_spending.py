import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import fmt_money, getdate

from kefu_property.office import budget
from kefu_property.office.exceptions_desk import BudgetMissing


class BudgetSpending(Document):
	"""Money that the department spends: reserved when it is asked for, spent when it is approved (S1)."""

	def validate(self) -> None:
		budget.check_amount(self.amount)
		self.check_budget()

	def check_budget(self) -> None:
		if not self.docstatus.is_draft():
			return
		line = budget.line_state(self.project, self.budget_item, getdate(self.spent_on).year)
		if not line:
			frappe.throw(
				_("No budget of {0} in force has the item {1}.").format(
					getdate(self.spent_on).year, self.item_name or self.budget_item
				),
				BudgetMissing,
			)
		if not self.prepared_by:
			self.available = line.available
			if line.available < budget.check_amount(self.amount):
				frappe.msgprint(
					_("Only {0} yuan are left of this item.").format(fmt_money(line.available, precision=2)),
					indicator="orange",
					alert=True,
				)

	def on_update(self) -> None:
		"""The request reserves the money, so that two requests cannot be approved over the same rest."""
		before = self.get_doc_before_save()
		step = (before.workflow_state if before else None, self.workflow_state)
		if step == ("Draft", "Pending Approval"):
			budget.commit(self._paper(), self.project, self._amounts(), self.spent_on, self.purpose)
		elif step == ("Pending Approval", "Draft"):
			budget.reverse(self._paper(), _("Rejected"))

	def on_submit(self) -> None:
		budget.spend(self._paper(), self.project, self._amounts(), self.spent_on, self.purpose, against=self._paper())

	def on_cancel(self) -> None:
		budget.reverse(self._paper(), _("Cancelled"))

	def _paper(self) -> tuple[str, str]:
		return self.doctype, self.name

	def _amounts(self) -> dict:
		return {self.budget_item: budget.check_amount(self.amount)}
