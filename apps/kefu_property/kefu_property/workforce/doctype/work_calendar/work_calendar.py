import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate

from kefu_property.workforce.exceptions import PeriodReversed


class WorkCalendar(Document):
	"""Holidays of a year and the weekend days that are worked in exchange (S6)."""

	def validate(self) -> None:
		days = [getdate(row.day) for row in self.days]
		for day in days:
			if day.year != self.year:
				frappe.throw(_("{0} is not in {1}.").format(format_date(day), self.year), PeriodReversed)
			if days.count(day) > 1:
				frappe.throw(_("{0} stands twice in the calendar.").format(format_date(day)), PeriodReversed)
