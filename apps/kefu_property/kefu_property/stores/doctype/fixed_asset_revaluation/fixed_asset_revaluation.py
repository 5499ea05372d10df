import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.rules.money import D
from kefu_property.stores import assets, papers
from kefu_property.stores.exceptions import PostingDate, StalePaper, ValueInvalid


class FixedAssetRevaluation(Document):
	"""New net value of an asset, by appraisal or impairment; the rest of its life is depreciated from it (D15)."""

	def validate(self) -> None:
		papers.check_same_project(self, ("asset", "Fixed Asset Card"))
		if getdate(self.posting_date) > getdate(today()):
			frappe.throw(_("The posting date lies in the future."), PostingDate)
		if self.status == "Draft":
			card = frappe.get_doc("Fixed Asset Card", self.asset)
			assets.need_active([card.as_dict()])
			self.net_before = card.net_value
		self.difference = D(self.new_value) - D(self.net_before)
		if not self.difference:
			frappe.throw(_("The new value is the present one."), ValueInvalid)

	def before_submit(self) -> None:
		papers.check_approved(self, "Approved")
		card = assets.lock([self.asset])[self.asset]
		assets.need_active([card])
		if D(card.net_value) != D(self.net_before):
			frappe.throw(_("The value of {0} changed. Prepare the paper again.").format(self.asset), StalePaper)
		change = assets.Change(self.asset, D(self.difference), year_opening=D(self.new_value))
		assets.post(self, "Revaluation", [change], self.posting_date)

	def before_cancel(self) -> None:
		assets.lock([self.asset])
		assets.check_latest(self)

	def on_cancel(self) -> None:
		change = assets.Change(self.asset, -D(self.difference), year_opening=D(self.net_before))
		assets.post(self, "Revaluation", [change], today(), reversal=True)
