import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_last_day, getdate, today

from kefu_property.rules.depreciation import months, months_due
from kefu_property.rules.money import D, sum_money
from kefu_property.stores import assets, papers
from kefu_property.stores.exceptions import MonthInvalid, NothingToDepreciate, StalePaper

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])\Z")


class FixedAssetDepreciation(Document):
	"""Depreciation of a project's assets up to a month: computed, approved, posted (D15).

	Months that an earlier run left out, or an asset that came into the books late, are made up for in the same line.
	"""

	def validate(self) -> None:
		self.check_month()
		if self.status == "Draft":
			self.fill()

	def check_month(self) -> None:
		if not MONTH.match(self.month or "") or self.month > today()[:7]:
			frappe.throw(_("Enter a month that is over or running, such as 2024-06."), MonthInvalid)
		self.posting_date = min(get_last_day(f"{self.month}-01"), getdate(today()))
		run = frappe.qb.DocType("Fixed Asset Depreciation")
		other = (
			frappe.qb.from_(run)
			.select(run.name, run.month)
			.where((run.project == self.project) & (run.name != (self.name or "")))
			.where(
				((run.docstatus == 1) & (run.month >= self.month)) | ((run.docstatus == 0) & (run.month == self.month))
			)
			.limit(1)
			.run(as_dict=True)
		)
		if other:
			frappe.throw(
				_("There is the run {0} for {1} already. Cancel or delete it first.").format(
					other[0].name, other[0].month
				),
				MonthInvalid,
			)

	def fill(self) -> None:
		"""Lines of all assets with depreciation due."""
		self.items = []
		cards = frappe.get_all(
			"Fixed Asset Card",
			filters={"project": self.project, "status": ["in", assets.ACTIVE], "method": ["!=", "None"]},
			fields=["*"],
			order_by="name",
			limit=0,
		)
		for card in cards:
			due = due_months(card, self.month)
			if not due:
				continue
			amount, _after = months(assets.facts(card), due)
			self.append(
				"items",
				{
					"asset": card.name,
					"asset_name": card.asset_name,
					"department": card.department,
					"method": card.method,
					"months": due,
					"months_before": card.depreciated_months,
					"net_before": card.net_value,
					"amount": amount,
					"year_opening": card.year_opening,
				},
			)
		self.assets, self.total = len(self.items), sum_money(row.amount for row in self.items)
		if not self.items:
			frappe.throw(_("No asset has depreciation due up to {0}.").format(self.month), NothingToDepreciate)

	def before_submit(self) -> None:
		"""The locked cards have to stand as they did when the run was computed."""
		papers.check_approved(self, "Posted")
		cards = assets.lock(row.asset for row in self.items)
		changes = []
		for row in self.items:
			card = cards[row.asset]
			amount, after = months(assets.facts(card), due_months(card, self.month))
			if card.status not in assets.ACTIVE or (amount, after.done) != (
				D(row.amount),
				row.months_before + row.months,
			):
				frappe.throw(
					_("{0} changed since the run was computed. Reject it to Draft and save it again.").format(
						row.asset
					),
					StalePaper,
				)
			changes.append(assets.Change(row.asset, assets.ZERO, amount, row.months, after.year_opening, self.month))
		assets.post(self, "Depreciation", changes, self.posting_date)

	def before_cancel(self) -> None:
		assets.lock(row.asset for row in self.items)
		assets.check_latest(self)

	def on_cancel(self) -> None:
		changes = [
			assets.Change(row.asset, assets.ZERO, -D(row.amount), -row.months, D(row.year_opening), "")
			for row in self.items
		]
		assets.post(self, "Depreciation", changes, today(), reversal=True)


def due_months(card: dict, month: str) -> int:
	return months_due(str(card["in_use_from"])[:7], month, card["depreciated_months"] or 0, card["life_months"] or 0)
