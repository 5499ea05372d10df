import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.inspection import upkeep
from kefu_property.inspection.exceptions import PlanInvalid, WrongProject
from kefu_property.rules.money import D


class FacilityMaintenancePlan(Document):
	"""Maintenance of one facility that comes again and again, with its expected cost (D5)."""

	def validate(self) -> None:
		if frappe.db.get_value("Facility", self.facility, "project") != self.project:
			frappe.throw(_("{0} belongs to another project.").format(self.facility), WrongProject)
		if self.every < 1 or self.days_ahead < 0 or D(str(self.expected_cost or 0)) < 0:
			frappe.throw(_("Enter positive numbers for frequency, days and cost."), PlanInvalid)
		if self.end_date and getdate(self.end_date) < getdate(self.start_date):
			frappe.throw(_("The last day is before the first."), PlanInvalid)

	def on_update(self) -> None:
		upkeep.replan(self.name)

	def on_trash(self) -> None:
		upkeep.drop_planned(self.name)
