from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.rules.money import D
from kefu_property.stores import assets, papers
from kefu_property.stores.exceptions import RepairOpen, ValueInvalid


class FixedAssetRepair(Document):
	"""Repair of a fixed asset: fault, who repaired it, what it cost; the history of the card (D15)."""

	def before_insert(self) -> None:
		self.status, self.finished_on = assets.UNDER_REPAIR, None
		card = assets.lock([self.asset]).get(self.asset)
		if card and card.status == assets.UNDER_REPAIR:
			frappe.throw(_("{0} is under repair already.").format(card.asset_name), RepairOpen)
		if card:
			assets.need_active([card], (assets.IN_USE, assets.IDLE))
			self.state_before = card.status

	def validate(self) -> None:
		papers.check_same_project(self, ("asset", "Fixed Asset Card"))
		before = self.get_doc_before_save()
		if before and (before.asset, before.status) != (self.asset, self.status) and not self.flags.finishing:
			frappe.throw(_("Asset and state of a repair stay; use the button Finish."), RepairOpen)

	def after_insert(self) -> None:
		assets.set_state(self.asset, assets.UNDER_REPAIR)

	@frappe.whitelist(methods=["POST"])
	def finish(self, result: str, finished_on: date | str | None = None, cost: float | str | None = None) -> None:
		"""The asset is back; `cost` in yuan. Raises RepairOpen when it is done already."""
		self.check_permission("write")
		if papers.lock_paper(self.doctype, self.name) != assets.UNDER_REPAIR:
			frappe.throw(_("This repair is done already."), RepairOpen)
		on = getdate(finished_on or today())
		if on < getdate(self.reported_on) or on > getdate(today()):
			frappe.throw(_("The repair is finished between the report and today."), ValueInvalid)
		self.status, self.finished_on, self.result = "Done", on, result
		if cost is not None:
			self.cost = D(cost)
		self.flags.finishing = True
		self.save()
		assets.set_state(self.asset, self.state_before or assets.IN_USE)
