"""Runs by the calendar: a draft with its preview, ahead of the first due day of the period. People approve and publish it."""

from __future__ import annotations

import frappe
from frappe.utils import add_days, cstr, getdate, today

from kefu_property.billing import planning, runs
from kefu_property.rules import periods
from kefu_property.rules.periods import Span

#: how many periods one call catches up at most, after a long pause of the scheduler
MOST_AT_ONCE = 12


def make_due_runs() -> None:
	"""Daily: drafts of all schedules whose next period is due soon. A schedule that fails keeps its error and stops no other."""
	for name in frappe.get_all("Billing Schedule", filters={"enabled": 1}, pluck="name", order_by="name"):
		try:
			make_runs(name)
		except Exception as error:
			frappe.db.rollback()
			# lint: allow query-in-loop: a schedule that failed
			frappe.db.set_value("Billing Schedule", name, "last_error", cstr(error)[:500])
			frappe.log_error(title=f"Billing schedule {name}")
		frappe.db.commit()  # each schedule stands by itself


def make_runs(name: str) -> list[str]:
	"""Draft and preview every period of a schedule that is due; returns the names of the runs. Safe to repeat and to run twice."""
	schedule = frappe.get_doc("Billing Schedule", name, for_update=True)
	made: list[str] = []
	for _number in range(MOST_AT_ONCE):
		period = period_of(schedule)
		if getdate(today()) < getdate(add_days(first_due(schedule, period), -schedule.days_before)):
			break
		made.append(draft(schedule, period))
		schedule.next_start = periods.add_months(period.start, int(schedule.months))
	if made:
		schedule.last_run, schedule.last_error = made[-1], None
		schedule.save(ignore_permissions=True)  # the scheduler's own note
	return made


def period_of(schedule) -> Span:
	start = getdate(schedule.next_start)
	return Span(start, periods.add_months(start, int(schedule.months)) - periods.ONE_DAY)


def first_due(schedule, period: Span):
	"""The earliest due day among the tariffs in force, or the first day of the period when there is none."""
	tariffs = planning.load_tariffs(schedule.project, [row.fee_item for row in schedule.items])
	return min(
		(periods.due_date(period, tariff.due_day, tariff.due_months_offset) for tariff in tariffs),
		default=period.start,
	)


def draft(schedule, period: Span) -> str:
	run = frappe.get_doc(
		{
			"doctype": "Billing Run",
			"project": schedule.project,
			"period_start": period.start,
			"period_end": period.end,
			"posting_date": today(),
			"items": [{"fee_item": row.fee_item} for row in schedule.items],
			"schedule": schedule.name,
		}
	).insert(ignore_permissions=True)  # the accountant who made the schedule may make runs
	runs.preview(run.name)
	return run.name
