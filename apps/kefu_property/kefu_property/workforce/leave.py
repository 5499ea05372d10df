"""Leave: what a request takes, what is left (D29)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal

import frappe
from frappe.utils import getdate

from kefu_property.rules import leave_days
from kefu_property.workforce import rosters, settings


def span(request) -> tuple[int, int]:
	return leave_days.half_days(
		getdate(request.from_date),
		request.from_part or leave_days.WHOLE,
		getdate(request.to_date),
		request.to_part or leave_days.WHOLE,
	)


def days_by_year(request, counts: str, plan: rosters.Plan) -> dict[int, Decimal]:
	"""Days that a request takes by year; `counts` is the kind's `Working Days` or `Calendar Days`."""
	if counts == "Calendar Days":
		return leave_days.count(span(request), lambda day: True)
	return leave_days.count(span(request), lambda day: plan.shift(request.staff, day) is not None)


def earned_by_overtime(staff: list[str], year: int) -> dict[str, Decimal]:
	"""Days of time off that approved overtime of a year gives, in half days."""
	table = frappe.qb.DocType("Overtime Request")
	rows = (
		frappe.qb.from_(table)
		.select(table.staff, table.hours)
		.where((table.docstatus == 1) & (table.compensation == "Time Off") & table.staff.isin(staff or [""]))
		.where(table.duty_date[date(year, 1, 1) : date(year, 12, 31)])
		.run()
	)
	hours: dict[str, Decimal] = {}
	for name, value in rows:
		hours[name] = hours.get(name, Decimal(0)) + Decimal(str(value or 0))
	per_day = Decimal(str(settings.get("hours_per_day") or 8))
	return {name: (value / per_day * 2).to_integral_value(ROUND_DOWN) / 2 for name, value in hours.items()}


def requests(staff: list[str], start: date, end: date, *, submitted: bool = False, locked: bool = False) -> list:
	"""Requests of people that touch a span of days, waiting or approved; with `submitted` only approved ones.

	`locked` reads what other transactions have committed meanwhile, and holds it.
	"""
	table = frappe.qb.DocType("Leave Request")
	query = (
		frappe.qb.from_(table)
		.select(
			table.name,
			table.project,
			table.staff,
			table.leave_kind,
			table.from_date,
			table.from_part,
			table.to_date,
			table.to_part,
			table.days,
			table.docstatus,
			table.workflow_state,
		)
		.where(table.staff.isin(staff or [""]) & (table.from_date <= end) & (table.to_date >= start))
		.where(table.docstatus == 1 if submitted else table.docstatus < 2)
	)
	return (query.for_update() if locked else query).run(as_dict=True)


def year_figures(
	staff: list[str], kinds: list, year: int, without: str | None = None, locked: bool = False
) -> dict[tuple[str, str], dict[str, Decimal]]:
	"""By person and kind: `entitled`, `taken` (approved), `waiting` and `left` days of a year; `without` leaves one request out.

	`kinds` have `name`, `counts`, `from_overtime`. The number of queries does not grow with the people of a project.
	"""
	start, end = date(year, 1, 1), date(year, 12, 31)
	zero = Decimal(0)
	figures = {
		(name, kind.name): {"entitled": zero, "taken": zero, "waiting": zero} for name in staff for kind in kinds
	}
	for row in frappe.get_all(
		"Leave Entitlement",
		filters={"staff": ["in", staff or [""]], "year": year},
		fields=["staff", "leave_kind", "days", "carried_over"],
	):
		if (row.staff, row.leave_kind) in figures:
			figures[row.staff, row.leave_kind]["entitled"] += Decimal(str(row.days or 0)) + Decimal(
				str(row.carried_over or 0)
			)
	earned = earned_by_overtime(staff, year) if any(kind.from_overtime for kind in kinds) else {}
	for kind in kinds:
		for name, days in earned.items() if kind.from_overtime else ():
			figures[name, kind.name]["entitled"] += days
	counts = {kind.name: kind.counts for kind in kinds}
	rows = [
		row for row in requests(staff, start, end, locked=locked) if row.leave_kind in counts and row.name != without
	]
	plans = plans_of(rows)
	for row in rows:
		days = days_by_year(row, counts[row.leave_kind], plans[row.project]).get(year, zero)
		figures[row.staff, row.leave_kind]["taken" if row.docstatus == 1 else "waiting"] += days
	for entry in figures.values():
		entry["left"] = entry["entitled"] - entry["taken"] - entry["waiting"]
	return figures


def plans_of(rows: list) -> dict[str, rosters.Plan]:
	"""Who works when in the spans of requests, by project."""
	spans: dict[str, list] = {}
	for row in rows:
		spans.setdefault(row.project, []).append(row)
	return {
		project: rosters.Plan(
			project,
			{row.staff for row in group},
			min(getdate(row.from_date) for row in group),
			max(getdate(row.to_date) for row in group),
		)
		for project, group in spans.items()
	}


def balance(staff: str, kind, year: int, without: str | None = None, locked: bool = False) -> dict[str, Decimal]:
	"""Figures of one person and kind, see `year_figures`."""
	return year_figures([staff], [kind], year, without, locked)[staff, kind.name]


def balances(staff: str, year: int) -> list[dict]:
	"""Balance of every kind with an entitlement, for one person: `kind` and the figures of `year_figures`."""
	kinds = frappe.get_all(
		"Leave Kind",
		filters={"disabled": 0, "has_balance": 1},
		fields=["name", "counts", "from_overtime"],
		order_by="name",
	)
	figures = year_figures([staff], kinds, year)
	return [{"kind": kind.name, **figures[staff, kind.name]} for kind in kinds]


def parts_by_day(staff: list[str], start: date, end: date) -> dict[tuple[str, date], tuple[str, str]]:
	"""Approved leave by person and day: (part of the day, kind). Two halves of a day make the whole."""
	found: dict[tuple[str, date], tuple[str, str]] = {}
	for row in requests(staff, start, end, submitted=True):
		for day, part in leave_days.parts(span(row)):
			if start <= day <= end:
				key = (row.staff, day)
				found[key] = (leave_days.WHOLE if key in found else part, row.leave_kind)
	return found


def as_datetime(day, clock) -> datetime:
	return datetime.combine(getdate(day), rosters.to_time(clock))
