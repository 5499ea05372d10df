"""The attendance of a month: every person, every day, judged by the rules (S6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import frappe
from frappe.utils import getdate, today

from kefu_property.rules import attendance
from kefu_property.workforce import leave, people, rosters

MARKS = {
	attendance.REST: "·",
	attendance.PRESENT: "√",
	attendance.LATE: "◇",
	attendance.EARLY: "◆",
	attendance.MISSING: "?",
	attendance.ABSENT: "×",
}


@dataclass
class Line:
	"""Sums of one person; days as Decimal, `marks` one for each day of the month (empty for days that are not judged)."""

	staff: frappe._dict
	due: Decimal = Decimal(0)
	present: Decimal = Decimal(0)
	leave: Decimal = Decimal(0)
	absent: Decimal = Decimal(0)
	late_count: int = 0
	late_minutes: int = 0
	early_count: int = 0
	missing: int = 0
	overtime: Decimal = Decimal(0)
	marks: list[str] = field(default_factory=list)

	def add(self, day: attendance.Day, mark: str) -> None:
		self.due += day.due
		self.present += day.present
		self.leave += day.leave
		self.absent += day.absent
		self.late_count += bool(day.late)
		self.late_minutes += day.late
		self.early_count += bool(day.early)
		self.missing += day.missing
		self.marks.append(mark)


def staff_of(project: str, department: str | None, start: date, end: date, names: list[str] | None = None) -> list:
	"""Those who worked in a project at some time of a span, by number."""
	table = frappe.qb.DocType("Staff Member")
	query = (
		frappe.qb.from_(table)
		.select(
			table.name,
			table.staff_no,
			table.staff_name,
			table.project,
			table.department,
			table.post,
			table.date_of_joining,
			table.leaving_date,
		)
		.where((table.project == project) & (table.status != people.JOINING))
		.where(table.date_of_joining.isnull() | (table.date_of_joining <= end))
		.where(table.leaving_date.isnull() | (table.leaving_date >= start))
		.orderby(table.staff_no)
	)
	if department:
		query = query.where(table.department == department)
	if names is not None:
		query = query.where(table.name.isin(names or [""]))
	return query.run(as_dict=True)


def judge(
	project: str, month: str, department: str | None = None, names: list[str] | None = None, until=None
) -> list[Line]:
	"""Lines of a month; days after `until` (default today) are not judged yet."""
	days = rosters.month_days(month)
	start, end = days[0], days[-1]
	until = getdate(until or today())
	staff = staff_of(project, department, start, end, names)
	known = [row.name for row in staff]
	plan = rosters.Plan(project, known, start, end)
	punches = punches_of(known, start, end)
	away = leave.parts_by_day(known, start, end)
	overtime = overtime_of(known, start, end)
	symbols = dict(frappe.get_all("Leave Kind", fields=["name", "symbol"], as_list=True))
	lines = []
	for row in staff:
		line = Line(row, overtime=overtime.get(row.name, Decimal(0)))
		for day in days:
			here = (not row.date_of_joining or row.date_of_joining <= day) and (
				not row.leaving_date or day <= row.leaving_date
			)
			if not here or day > until:
				line.marks.append("")
				continue
			ins, outs = punches.get((row.name, day), ([], []))
			part, kind = away.get((row.name, day), (None, None))
			# today's shift may not be over: what is missing then is no absence yet
			shift = plan.shift(row.name, day)
			if day == until and shift and not outs and until == getdate(today()):
				line.marks.append("")
				continue
			verdict = attendance.judge(shift, day, ins, outs, part)
			line.add(verdict, mark(verdict, symbols.get(kind, "")))
		lines.append(line)
	return lines


def mark(day: attendance.Day, symbol: str) -> str:
	if day.leave and day.due:
		return symbol if day.leave == 1 else f"{symbol}½" + ("×" if day.absent else "")
	return MARKS[day.state]


def punches_of(staff: Iterable[str], start: date, end: date) -> dict[tuple[str, date], tuple[list, list]]:
	table = frappe.qb.DocType("Duty Punch")
	rows = (
		frappe.qb.from_(table)
		.select(table.staff, table.duty_date, table.kind, table.taken_on)
		.where(table.staff.isin(list(staff) or [""]) & table.duty_date[start:end])
		.run()
	)
	found: dict[tuple[str, date], tuple[list[datetime], list[datetime]]] = {}
	for name, day, kind, moment in rows:
		found.setdefault((name, day), ([], []))[kind == "Clock Out"].append(moment)
	return found


def overtime_of(staff: list[str], start: date, end: date) -> dict[str, Decimal]:
	table = frappe.qb.DocType("Overtime Request")
	rows = (
		frappe.qb.from_(table)
		.select(table.staff, table.hours)
		.where((table.docstatus == 1) & table.staff.isin(staff or [""]) & table.duty_date[start:end])
		.run()
	)
	found: dict[str, Decimal] = {}
	for name, hours in rows:
		found[name] = found.get(name, Decimal(0)) + Decimal(str(hours or 0))
	return found
