from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate

from kefu_property.workforce import leave, people, rosters
from kefu_property.workforce.exceptions import LeaveNotPossible, OvertimeOverlap, PeriodReversed


class OvertimeRequest(Document):
	"""Work beyond the shift: approved, paid or given back as time off (D29)."""

	def validate(self) -> None:
		people.take_project(self)
		self.check_person()
		self.count_hours()
		people.lock(self.staff)
		self.check_overlap()

	def check_person(self) -> None:
		status = frappe.db.get_value("Staff Member", self.staff, "status")
		if status not in people.IN_SERVICE:
			frappe.throw(
				_("{0} has the status {1} and works no overtime.").format(self.staff_name, _(status)), LeaveNotPossible
			)

	def span(self) -> tuple:
		start, end = leave.as_datetime(self.duty_date, self.from_time), leave.as_datetime(self.duty_date, self.to_time)
		return start, end if end > start else end + timedelta(days=1)

	def count_hours(self) -> None:
		if rosters.to_time(self.from_time) == rosters.to_time(self.to_time):
			frappe.throw(_("The overtime has no length. Correct the times."), PeriodReversed)
		start, end = self.span()
		minutes = Decimal(int((end - start).total_seconds() // 60))
		if minutes > 12 * 60:
			frappe.throw(_("Overtime of more than 12 hours is not possible. Correct the times."), PeriodReversed)
		self.hours = float((minutes / 60).quantize(Decimal("0.01"), ROUND_HALF_UP))

	def check_overlap(self) -> None:
		day = getdate(self.duty_date)
		plan = rosters.Plan(self.project, [self.staff], day, day)
		self.day_kind = plan.day_kind(self.staff, day)
		start, end = self.span()
		shift = plan.shift(self.staff, day) if self.day_kind != "Holiday" else None
		if shift:
			begin, finish = shift.span(day)
			if start < finish and begin < end:
				frappe.throw(
					_("The shift of this day lasts from {0} to {1}. Overtime lies before or after it.").format(
						begin.strftime("%H:%M"), finish.strftime("%H:%M")
					),
					OvertimeOverlap,
				)
		table = frappe.qb.DocType("Overtime Request")
		others = (
			frappe.qb.from_(table)
			.select(table.name, table.from_time, table.to_time)
			.where((table.staff == self.staff) & (table.duty_date == day) & (table.docstatus < 2))
			.for_update()
			.run(as_dict=True)
		)
		for other in others:
			other.duty_date = day
			begin, finish = OvertimeRequest.span(other)
			if other.name != self.name and start < finish and begin < end:
				frappe.throw(
					_("{0} has overtime on {1} at this time already ({2}).").format(
						self.staff_name, format_date(day), other.name
					),
					OvertimeOverlap,
				)

	def before_submit(self) -> None:
		people.check_not_own(self)


def on_doctype_update() -> None:
	frappe.db.add_index("Overtime Request", ["staff", "duty_date"])
