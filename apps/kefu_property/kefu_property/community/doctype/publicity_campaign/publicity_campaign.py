import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate

from kefu_property.community.exceptions import CampaignPlan, MaterialNotUsable
from kefu_property.rules.money import sum_money


class PublicityCampaign(Document):
	"""A publicity campaign: plan with channels and budget, approval, cost and result (D4)."""

	def validate(self) -> None:
		self.check_period()
		self.check_materials()
		self.budget = sum_money(row.planned_cost for row in self.channels)
		self.sum_results()

	def check_period(self) -> None:
		if getdate(self.to_date) < getdate(self.from_date):
			frappe.throw(_("The campaign ends before it begins. Correct its dates."), CampaignPlan)
		for row in self.channels:
			if not getdate(self.from_date) <= getdate(row.planned_on) <= getdate(self.to_date):
				frappe.throw(_("Row {0}: the date is outside the campaign.").format(row.idx), CampaignPlan)

	def check_materials(self) -> None:
		names = {row.material for row in self.channels if row.material}
		materials = {
			row.name: row
			for row in frappe.get_all(
				"Publicity Material",
				filters={"name": ["in", list(names) or [""]]},
				fields=["name", "title", "usable_until", "retired", "project"],
			)
		}
		for row in self.channels:
			found = materials.get(row.material)
			if not found:
				continue
			if found.retired or found.project != self.project:
				frappe.throw(_("Row {0}: {1} is not usable here.").format(row.idx, found.title), MaterialNotUsable)
			if found.usable_until and getdate(found.usable_until) < getdate(row.planned_on):
				frappe.throw(
					_("Row {0}: {1} may be used until {2}.").format(
						row.idx, found.title, format_date(found.usable_until)
					),
					MaterialNotUsable,
				)

	def sum_results(self) -> None:
		self.cost = sum_money(row.actual_cost for row in self.channels)
		self.reach = sum(int(row.reached or 0) for row in self.channels)

	def before_update_after_submit(self) -> None:
		self.sum_results()
		before = self.get_doc_before_save()
		if before.workflow_state != self.workflow_state == "Completed":
			open_rows = [str(row.idx) for row in self.channels if not row.done_on]
			if open_rows:
				frappe.throw(_("Rows without a date of doing: {0}").format(", ".join(open_rows)), CampaignPlan)
			if not (self.result or "").strip():
				frappe.throw(_("Write the result before you finish the campaign."), CampaignPlan)
