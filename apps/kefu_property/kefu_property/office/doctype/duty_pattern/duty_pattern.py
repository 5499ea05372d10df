from datetime import timedelta

import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.office.exceptions_desk import InvalidPattern
from kefu_property.rules import duty_rules


class DutyPattern(Document):
	"""Shifts with their hours, and the cycle in which one person works them (D11)."""

	def validate(self) -> None:
		self.check_shifts()
		self.check_cycle()

	def check_shifts(self) -> None:
		seen = set()
		for row in self.shifts:
			row.shift_code = (row.shift_code or "").strip()
			if not row.shift_code or row.shift_code == duty_rules.OFF or " " in row.shift_code:
				frappe.throw(_("A shift code is one or two characters without spaces."), InvalidPattern)
			if row.shift_code in seen:
				frappe.throw(_("The shift code {0} stands twice.").format(row.shift_code), InvalidPattern)
			seen.add(row.shift_code)

	def check_cycle(self) -> None:
		cycle = duty_rules.parse_cycle(self.cycle)
		known = {row.shift_code for row in self.shifts} | {duty_rules.OFF}
		unknown = [code for code in cycle if code not in known]
		if not cycle or unknown:
			frappe.throw(
				_("The cycle names shift codes with spaces between, such as D D N N - -. Unknown: {0}").format(
					", ".join(unknown) or "–"
				),
				InvalidPattern,
			)
		self.cycle = " ".join(cycle)

	def hours(self) -> dict[str, tuple[str, timedelta, timedelta]]:
		"""Name, begin and end of each shift by code."""
		return {
			row.shift_code: (
				row.shift_name,
				frappe.utils.to_timedelta(row.start_time),
				frappe.utils.to_timedelta(row.end_time),
			)
			for row in self.shifts
		}
