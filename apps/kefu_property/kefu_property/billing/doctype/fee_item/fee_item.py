import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.billing.exceptions import MarkUpOnAgencyItem


class FeeItem(Document):
	"""What is charged for. An item collected for others is kept apart and bears no mark-up (L7)."""

	def validate(self):
		self.check_agency()

	def check_agency(self):
		if not self.is_agency:
			self.principal = None
		if (
			not self.is_new()
			and self.has_value_changed("is_agency")
			and frappe.db.exists("Fee Tariff", {"fee_item": self.name})
		):
			frappe.throw(
				_("{0} has tariffs: whether it is collected for others cannot be changed any more.").format(
					_(self.name)
				),
				MarkUpOnAgencyItem,
			)
