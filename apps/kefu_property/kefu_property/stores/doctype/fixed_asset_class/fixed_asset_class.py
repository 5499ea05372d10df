import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.rules.depreciation import NONE
from kefu_property.stores.exceptions import ValueInvalid


class FixedAssetClass(Document):
	"""Class of fixed assets: how and how long they are depreciated, how often they are inspected (D15)."""

	def validate(self) -> None:
		self.code_prefix = (self.code_prefix or "").strip().upper()
		if self.method != NONE and not self.life_months:
			frappe.throw(_("Enter the life in months, or no depreciation."), ValueInvalid)
		if self.salvage_percent and not 0 <= self.salvage_percent < 100:
			frappe.throw(_("The salvage value lies between 0 and 100 percent."), ValueInvalid)
