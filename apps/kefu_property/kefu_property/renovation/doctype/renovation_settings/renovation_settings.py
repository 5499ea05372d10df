import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.renovation.exceptions import DepositTooHigh
from kefu_property.rules.money import D


class RenovationSettings(Document):
	"""What the renovation desk goes by: charges, hours, clocks (L11)."""

	def validate(self) -> None:
		if D(self.deposit_cap) > 0 and D(self.deposit) > D(self.deposit_cap):
			frappe.throw(
				_("The deposit of {0} yuan exceeds the cap of {1} yuan. Lower it.").format(
					self.deposit, self.deposit_cap
				),
				DepositTooHigh,
			)
