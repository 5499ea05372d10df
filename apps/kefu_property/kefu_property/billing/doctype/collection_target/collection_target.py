import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.billing import payments
from kefu_property.billing.exceptions import BadPeriod, TargetMissing
from kefu_property.rules.money import D


class CollectionTarget(Document):
	"""What is to be collected of a project, building or item in a period, and who answers for it (S2)."""

	def validate(self):
		if getdate(self.to_date) < getdate(self.from_date):
			frappe.throw(_("The period ends before it begins."), BadPeriod)
		payments.money(self.target_amount or 0, allow_zero=True)
		if not D(self.target_amount) and not 0 < D(self.target_rate) <= 100:
			frappe.throw(_("Name a rate up to 100 %, an amount, or both."), TargetMissing)
