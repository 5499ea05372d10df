import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.billing.exceptions import LateFeePolicyInUse, WrongLateFeeTerms
from kefu_property.rules.late_fee import above_loss
from kefu_property.rules.money import D

TERMS = ("valid_from", "daily_rate", "grace_days", "cap_percent", "rounding_unit")


class LateFeePolicy(Document):
	"""Late fee as agreed with the owners of a project (L4). Off unless switched on; one policy holds on a day."""

	def validate(self):
		self.check_terms()
		self.check_overlap()
		self.check_used()
		self.warn_above_loss()

	def check_terms(self):
		if not 0 < D(self.daily_rate) <= 1 or not 0 <= (self.grace_days or 0) <= 365:
			frappe.throw(
				_("The rate is a percentage a day above 0 and at most 1, grace at most 365 days."), WrongLateFeeTerms
			)
		if not 0 < D(self.cap_percent) <= 100:
			frappe.throw(_("Name a cap between 1 and 100 % of the principal."), WrongLateFeeTerms)
		if self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			frappe.throw(_("The policy ends before it begins. Correct the dates."), WrongLateFeeTerms)

	def check_overlap(self):
		if not self.enabled:
			return
		for other in frappe.get_all(
			"Late Fee Policy",
			filters={"project": self.project, "enabled": 1, "name": ["!=", self.name or ""]},
			fields=["name", "valid_from", "valid_to"],
		):
			if (not other.valid_to or other.valid_to >= getdate(self.valid_from)) and (
				not self.valid_to or getdate(self.valid_to) >= other.valid_from
			):
				frappe.throw(
					_("Policy {0} holds on some of these days. End it first.").format(other.name), WrongLateFeeTerms
				)

	def check_used(self):
		before = self.get_doc_before_save()
		if not before:
			return
		old, new = ([str(doc.get(field)) for field in TERMS[1:]] for doc in (before, self))
		same = old == new and getdate(before.valid_from) == getdate(self.valid_from)
		if not same and frappe.db.exists("Late Fee Run", {"policy": self.name, "workflow_state": "Approved"}):
			frappe.throw(
				_("Late fee was billed by these terms. End the policy and write another one."), LateFeePolicyInUse
			)

	def warn_above_loss(self):
		self.warning = None
		if above_loss(D(self.daily_rate), D(self.reference_rate)) or D(self.cap_percent) > 30:
			self.warning = _(
				"More than 30 % above the loss, or a cap above 30 % of the principal: a court may lower it on request (Civil Code 585)."
			)
			frappe.msgprint(self.warning, indicator="orange", alert=True)
