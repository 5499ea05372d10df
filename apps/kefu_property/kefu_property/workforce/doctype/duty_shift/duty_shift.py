from frappe import _, throw
from frappe.model.document import Document

from kefu_property.rules.attendance import Shift
from kefu_property.workforce import rosters
from kefu_property.workforce.exceptions import ShiftTimes


class DutyShift(Document):
	"""A shift: from when to when, break, tolerance (S6)."""

	def validate(self) -> None:
		if self.shift_code in (rosters.REST, "*") or "," in self.shift_code:
			throw(_("A shift code is no comma, - or *. Choose letters or digits."), ShiftTimes)
		start, end = rosters.to_time(self.start_time), rosters.to_time(self.end_time)
		shift = Shift(self.shift_code, start, end, self.break_minutes or 0)
		if start == end or not shift.hours:
			throw(_("The shift has no length. Correct start, end and break."), ShiftTimes)
		self.hours = float(shift.hours)
