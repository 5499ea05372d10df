import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.billing.exceptions import WrongLadder
from kefu_property.rules.dunning import ACTIONS, DEMAND, LEGAL
from kefu_property.rules.money import D


class DunningPolicy(Document):
	"""The ladder of a project: what is done at which age and amount (L1, L2)."""

	def validate(self):
		self.check_order()
		self.check_demand()

	def check_order(self):
		for before, after in zip(self.steps, self.steps[1:], strict=False):
			if (after.after_days or 0) < (before.after_days or 0) or ACTIONS.index(after.action_type) < ACTIONS.index(
				before.action_type
			):
				frappe.throw(
					_("Row {0}: steps go from mild to severe and from young to old debts.").format(after.idx),
					WrongLadder,
				)
		for row in self.steps:
			if (row.after_days or 0) < 1 or (row.rest_days or 0) < 0 or D(row.minimum_amount) < 0:
				frappe.throw(_("Row {0}: days are at least 1 and amounts not negative.").format(row.idx), WrongLadder)

	def check_demand(self):
		kinds = [row.action_type for row in self.steps]
		if LEGAL in kinds and DEMAND not in kinds:
			frappe.throw(_("A written demand comes before the letter of a lawyer."), WrongLadder)
