import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.inspection import planning
from kefu_property.inspection.exceptions import PlanInvalid
from kefu_property.rules.inspection_rules import KEEP


class InspectionSettings(Document):
	"""Calendar and alert periods of the office."""

	def validate(self) -> None:
		days = [str(row.day) for row in self.days]
		twice = next((day for day in days if days.count(day) > 1), None)
		if twice:
			frappe.throw(_("{0} stands twice in the calendar.").format(frappe.format(twice, "Date")), PlanInvalid)

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		if before and self.calendar() != before.calendar():
			planning.replan(
				frappe.get_all("Inspection Plan", filters={"enabled": 1, "calendar_rule": ["!=", KEEP]}, pluck="name")
			)

	def calendar(self) -> tuple:
		return int(self.weekends_off or 0), sorted((str(row.day), int(row.is_working or 0)) for row in self.days)
