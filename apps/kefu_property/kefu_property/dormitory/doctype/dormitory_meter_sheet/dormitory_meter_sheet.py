import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.dormitory import deductions, meters
from kefu_property.dormitory.exceptions import (
	DormitoryDates,
	ListEmpty,
	PeriodTaken,
	ReadingWrong,
	WrongProject,
	WrongRoom,
)
from kefu_property.rules.money import D

TERMS = ("water_price", "power_price", "free_water", "free_power", "monthly_rent")


class DormitoryMeterSheet(Document):
	"""Readings of a building's rooms for a month, shared by days stayed; approved by HR (D17)."""

	def validate(self) -> None:
		self.check_building()
		self.check_period()
		self.check_lines()
		self.check_readings()
		meters.share_out(self)

	def check_building(self) -> None:
		building = frappe.db.get_value("Dormitory Building", self.building, ["project", *TERMS], as_dict=True)
		if building.project != self.project:
			frappe.throw(_("The building {0} belongs to another project.").format(self.building), WrongProject)
		self.update({key: building[key] for key in TERMS})

	def check_period(self) -> None:
		if getdate(self.period_end) < getdate(self.period_start):
			frappe.throw(_("The period ends before it begins. Correct the dates."), DormitoryDates)
		if getdate(self.period_end) > getdate():
			frappe.throw(_("The period is not over yet. Read the meters at its end."), DormitoryDates)
		other = frappe.db.get_value(
			"Dormitory Meter Sheet",
			{
				"building": self.building,
				"docstatus": ["<", 2],
				"name": ["!=", self.name or ""],
				"period_start": ["<=", self.period_end],
				"period_end": [">=", self.period_start],
			},
		)
		if other:
			frappe.throw(_("{0} covers days of this period already.").format(other), PeriodTaken)

	def check_lines(self) -> None:
		"""A new sheet starts with all rooms of the building and their last readings."""
		if self.is_new() and not self.lines:
			last = meters.last_readings(self.building, self.period_start)
			for room in frappe.get_all(
				"Dormitory Room", filters={"building": self.building}, pluck="name", order_by="name"
			):
				known = last.get(room, {})
				water, power = known.get("water_to") or 0, known.get("power_to") or 0
				self.append(
					"lines",
					{"room": room, "water_from": water, "water_to": water, "power_from": power, "power_to": power},
				)
		if not self.lines:
			frappe.throw(_("The building has no rooms yet."), ListEmpty)
		names = [row.room for row in self.lines]
		known = set(frappe.get_all("Dormitory Room", filters={"building": self.building}, pluck="name"))
		wrong = next((name for name in names if name not in known or names.count(name) > 1), None)
		if wrong:
			frappe.throw(
				_("The room {0} is of another building, or stands twice on the list.").format(wrong), WrongRoom
			)

	def check_readings(self) -> None:
		"""A reading follows the last approved one, unless the meter was exchanged."""
		last = meters.last_readings(self.building, self.period_start, self.name or "")
		for row in self.lines:
			known = last.get(row.room)
			for kind in ("water", "power") if known else ():
				expected = D(str(known[f"{kind}_to"] or 0))
				if D(str(row.get(f"{kind}_from") or 0)) != expected and not row.get(f"{kind}_extra"):
					frappe.throw(
						_("{0}: the last reading was {1}. Start from it, or enter the exchange of the meter.").format(
							row.room, expected
						),
						ReadingWrong,
					)

	def before_submit(self) -> None:
		"""Two sheets of one building are approved one after the other."""
		table = frappe.qb.DocType("Dormitory Building")
		frappe.qb.from_(table).select(table.name).where(table.name == self.building).for_update().run()
		sheet = frappe.qb.DocType("Dormitory Meter Sheet")
		others = (
			frappe.qb.from_(sheet)
			.select(sheet.name)
			.where((sheet.building == self.building) & (sheet.docstatus == 1) & (sheet.name != self.name))
			.where((sheet.period_start <= self.period_end) & (sheet.period_end >= self.period_start))
			.for_update()
			.run(pluck=True)
		)
		if others:
			frappe.throw(_("{0} covers days of this period already.").format(others[0]), PeriodTaken)

	def on_submit(self) -> None:
		for row in self.shares:
			for kind in ("Rent", "Water", "Power"):
				deductions.add(  # lint: allow query-in-loop: a new document, no query
					self, row.staff, kind, row.get(kind.lower()), self.period_end, row.stay, row.room
				)

	def before_cancel(self) -> None:
		deductions.cancel_of(self)
