import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.rules.money import D
from kefu_property.stores import assets, papers
from kefu_property.stores.exceptions import PostingDate, StalePaper, ValueInvalid

STATES = {"Scrap": assets.SCRAPPED, "Sale": assets.SOLD}


class FixedAssetDisposal(Document):
	"""Scrap or sale of an asset: two approvals, then it leaves the books (D15)."""

	def validate(self) -> None:
		papers.check_same_project(self, ("asset", "Fixed Asset Card"))
		if getdate(self.posting_date) > getdate(today()):
			frappe.throw(_("The posting date lies in the future."), PostingDate)
		if self.kind == "Sale" and not (self.buyer or "").strip():
			frappe.throw(_("Enter the buyer of the asset."), ValueInvalid)
		if self.status == "Draft":
			card = frappe.get_doc("Fixed Asset Card", self.asset)
			assets.need_active([card.as_dict()])
			self.net_before = card.net_value
		self.result = D(self.proceeds) - D(self.net_before)

	def before_submit(self) -> None:
		papers.check_approved(self, "Approved")
		card = assets.lock([self.asset])[self.asset]
		assets.need_active([card])
		if D(card.net_value) != D(self.net_before):
			frappe.throw(_("The value of {0} changed. Prepare the paper again.").format(self.asset), StalePaper)
		self.state_before = card.status
		change = assets.Change(self.asset, -D(card.original_value), -D(card.accumulated))
		assets.post(self, "Disposal", [change], self.posting_date)

	def on_submit(self) -> None:
		assets.set_state(self.asset, STATES[self.kind])

	def before_cancel(self) -> None:
		assets.lock([self.asset])
		assets.check_latest(self)

	def on_cancel(self) -> None:
		entry = frappe.get_all(
			"Fixed Asset Entry",
			filters={"reference_name": self.name, "reversal": 0},
			fields=["cost_change", "depreciation_change"],
		)[0]
		change = assets.Change(self.asset, -D(entry.cost_change), -D(entry.depreciation_change))
		assets.post(self, "Disposal", [change], today(), reversal=True)
		assets.set_state(self.asset, self.state_before)
