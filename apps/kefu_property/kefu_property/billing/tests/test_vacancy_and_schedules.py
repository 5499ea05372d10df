"""Reduced price of vacant homes (L10), what is charged once, runs by the calendar (D2)."""

from __future__ import annotations

import datetime
import itertools
from decimal import Decimal
from fractions import Fraction

import frappe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.billing import api, explain, runs, schedules
from kefu_property.billing.calculation import Assignment, Calculator, Payer, Tariff, Vacancy
from kefu_property.billing.exceptions import WrongSchedule, WrongTariff, WrongVacancy
from kefu_property.billing.kinds import AreaPrice
from kefu_property.rules import periods, tariffs
from kefu_property.rules.money import D
from kefu_property.rules.periods import ONE_DAY, Span
from tests.factories import billing as make
from tests.factories.registry import make_home, make_occupancy, make_project, make_resident, make_unit


def run_of(project: str, month: str = "03"):
	start = f"2026-{month}-01"
	run = make.make_run(project, start, str(frappe.utils.get_last_day(start)), start)
	make.publish_run(run)
	return run


def amounts(unit) -> list[Decimal]:
	return [D(line.amount) for bill in make.bills_of(unit.name) for line in bill.lines]


def vacancy(unit, from_date: str, **values):
	return frappe.get_doc(
		{
			"doctype": "Unit Vacancy",
			"unit": unit.name,
			"from_date": from_date,
			"evidence": "水表半年未走字",
			**values,
		}
	).insert(ignore_permissions=True)


# --- vacancy -------------------------------------------------------------------------------------------------------------


def test_a_vacant_home_pays_less_after_the_waiting_time_and_only_when_approved():
	project = make_project().name
	vacant, waiting = (make_home(project, f"1-1-{n}01", building_area=100)[0] for n in (1, 2))
	make.make_tariff(project, "2.00", vacancy_percent=60, vacancy_after_months=6)
	make.approve(vacancy(vacant, "2025-09-01"))
	vacancy(waiting, "2025-09-01")
	run_of(project, "02")
	run_of(project, "03")
	assert amounts(vacant) == [Decimal("200.00"), Decimal("120.00")]
	assert amounts(waiting) == [Decimal("200.00"), Decimal("200.00")]
	words = "\n".join(explain.line_steps(make.bills_of(vacant.name)[1].lines[0]))
	assert "60 %" in words and "2 yuan per m²" in words and "1.2 yuan" in words


def test_a_vacancy_that_ends_divides_the_month():
	project = make_project().name
	unit = make_home(project, building_area=100)[0]
	make.make_tariff(project, "3.10", vacancy_percent=50, vacancy_after_months=0)
	record = make.approve(vacancy(unit, "2026-01-01"))
	with make.as_role("Accountant", project=project):
		record.to_date = "2026-03-10"
		record.save()
	run_of(project)
	assert amounts(unit) == [Decimal("50.00"), Decimal("210.00")]


def test_a_vacancy_is_dated_proved_and_stays():
	project = make_project().name
	unit = make_home(project)[0]
	with pytest.raises(WrongVacancy, match="ends"):
		vacancy(unit, "2026-03-01", to_date="2026-02-01")
	with pytest.raises(frappe.MandatoryError):
		vacancy(unit, "2026-03-01", evidence="")
	record = make.approve(vacancy(unit, "2026-03-01"))
	with pytest.raises(WrongVacancy, match="another"):
		vacancy(unit, "2026-04-01")
	record.from_date = "2025-01-01"
	with pytest.raises(WrongVacancy, match="Only the end"):
		record.save(ignore_permissions=True)
	record.reload()
	with pytest.raises(WrongVacancy):
		record.delete(ignore_permissions=True)
	with pytest.raises(WrongTariff):
		make.make_tariff(project, "1", vacancy_percent=101, in_force=False, assign=False)


days = st.dates(datetime.date(2024, 1, 1), datetime.date(2026, 12, 31))


@given(
	start=days,
	length=st.integers(0, 400),
	vacant=days,
	vacant_days=st.none() | st.integers(0, 500),
	after=st.integers(0, 12),
	percent=st.integers(1, 99),
	change=days,
	mode=st.sampled_from(periods.PRORATION_MODES),
	area=st.decimals("1", "900", places=2),
	price=st.decimals("0.01", "30", places=2),
)
def test_lines_of_any_vacancy_and_change_of_payer_tie(
	start, length, vacant, vacant_days, after, percent, change, mode, area, price
):
	"""Spans cover the period once, the lines sum to the rounded whole, and nobody pays more than without the vacancy."""
	period = Span(start, start + length * ONE_DAY)
	tariff = Tariff(
		name="T", fee_item="I", kind=AreaPrice({}), versions=[tariffs.Version("V", datetime.date(2000, 1, 1), None, price)],
		proration_mode=mode, first_period_rule=periods.FROM_START, rounding_unit="0.01", rounding_mode="half_up",
		minimum=Decimal(0), maximum=Decimal(0), tax_rate=Decimal(0), due_day=1, due_months_offset=0, priority=1,
		vacancy_percent=Decimal(percent), vacancy_after_months=after,
	)  # fmt: skip
	end = vacant + vacant_days * ONE_DAY if vacant_days is not None else None
	assignments = [Assignment("T", True, "", "", "", None, None)]
	payers = [
		Payer("A", datetime.date(2000, 1, 1), change - ONE_DAY, False),
		Payer("B", change, None, False),
	]
	unit = {"name": "U", "building_area": area, "building": "", "unit_type": ""}
	full, _skips = Calculator(period, [tariff], assignments).bills(unit, payers, {})
	bills, _skips = Calculator(period, [tariff], assignments, {"U": [Vacancy(vacant, end)]}).bills(unit, payers, {})
	lines = sorted((line for bill in bills for line in bill.lines), key=lambda line: line.span)
	exact = sum((Fraction(line.quantity) * Fraction(line.price) * Fraction(line.factor) for line in lines), Fraction(0))
	total = sum((bill.total for bill in bills), Decimal(0))
	assert abs(Fraction(total) - exact) <= Fraction(1, 200)
	assert total <= sum((bill.total for bill in full), Decimal(0)) + Decimal("0.01")
	for one, following in itertools.pairwise(lines):
		assert one.span.end < following.span.start
	for line in lines:
		low = min(percent, 100) if line.price < price else 100
		assert line.price == (price * low / 100).quantize(Decimal("0.0001"), rounding="ROUND_HALF_UP")


# --- once ----------------------------------------------------------------------------------------------------------------


def test_what_is_charged_once_is_charged_once():
	project = make_project().name
	unit = make_unit(project)
	make_occupancy(unit, make_resident(project), from_date="2024-01-01", to_date="2026-03-10")
	make_occupancy(unit, make_resident(project), from_date="2026-03-11")
	make.make_tariff(project, "35", item="Refuse Removal Fee", kind="One-off")
	run_of(project, "03")
	run_of(project, "04")
	assert amounts(unit) == [Decimal("35.00")]
	assert "once" in explain.line_steps(make.bills_of(unit.name)[0].lines[0])[1]
	late = make_home(project, "1-1-902")[0]
	run_of(project, "05")
	assert amounts(late) == [Decimal("35.00")]


def asked(project: str) -> list[tuple]:
	"""Deposits of a project: unit, payer, amount, status."""
	rows = frappe.get_all(
		"Fee Deposit",
		filters={"project": project},
		fields=["unit", "resident", "amount", "status"],
		order_by="unit",
		as_list=True,
	)
	return [tuple(row) for row in rows]


def test_a_run_asks_for_deposits_in_their_register_and_bills_none():
	project = make_project().name
	unit, resident, _occupancy = make_home(project, "1-1-101")
	tariff = make.make_tariff(project, "2000", item="Renovation Deposit", kind="Deposit")
	run = run_of(project, "03")
	assert (run.bill_count, D(run.total), run.workflow_state) == (0, 2000, "Published")
	assert amounts(unit) == [] and api.balance(unit=unit.name) == 0, "a deposit is no debt: nothing to dun, no late fee"
	assert asked(project) == [(unit.name, resident.name, 2000, "Awaiting Payment")]
	deposit = frappe.get_doc("Fee Deposit", {"billing_run": run.name})
	assert (deposit.reference_name, deposit.fee_item) == (tariff.name, "Renovation Deposit")
	runs.resume_stale()
	run_of(project, "03")
	run_of(project, "04")
	assert len(asked(project)) == 1, "once, whatever the period"
	deposit.submit()
	assert D(deposit.balance) == 2000
	late = make_home(project, "1-1-902")[0]
	last = run_of(project, "05")
	assert [row[0] for row in asked(project)] == [unit.name, late.name]
	assert runs.cancel(last.name, "Wrong amount") == 0
	assert [row[0] for row in asked(project)] == [unit.name], "what was taken stays, what was only asked for goes"
	run_of(project, "06")
	assert [row[0] for row in asked(project)] == [unit.name, late.name]


def test_a_deposit_stands_beside_the_bill_of_other_fees():
	project = make_project().name
	unit, resident, _occupancy = make_home(project)
	make.make_tariff(project, "35", item="Refuse Removal Fee", kind="One-off")
	make.make_tariff(project, "500", item="Card Deposit", kind="Deposit")
	run = run_of(project)
	assert (run.bill_count, run.published_bills) == (1, 1)
	assert amounts(unit) == [Decimal("35.00")]
	assert asked(project) == [(unit.name, resident.name, 500, "Awaiting Payment")]


def test_a_deposit_names_an_item_of_deposits_and_bears_no_tax():
	project = make_project().name
	for values in ({"item": "Parking Fee"}, {"item": "Renovation Deposit", "tax_rate": 6}):
		with pytest.raises(WrongTariff):
			make.make_tariff(project, "100", kind="Deposit", in_force=False, assign=False, **values)


# --- schedules -----------------------------------------------------------------------------------------------------------


def schedule(project: str, **values):
	return frappe.get_doc(
		{"doctype": "Billing Schedule", "project": project, "next_start": "2026-03-01", "days_before": 10, **values}
	).insert(ignore_permissions=True)


def runs_of(project: str) -> list[tuple]:
	return frappe.get_all(
		"Billing Run",
		filters={"project": project},
		fields=["period_start", "period_end", "workflow_state", "bill_count"],
		order_by="period_start",
		as_list=True,
	)


def test_drafts_are_made_ahead_of_the_due_day_once(monkeypatch):
	project = make_project().name
	make_home(project)
	make.make_tariff(project, due_day=15)
	plan = schedule(project)
	monkeypatch.setattr(schedules, "today", lambda: "2026-03-04")
	schedules.make_due_runs()
	assert runs_of(project) == ()  # the first due day is the fifteenth
	monkeypatch.setattr(schedules, "today", lambda: "2026-03-05")
	schedules.make_due_runs()
	schedules.make_due_runs()
	march = (datetime.date(2026, 3, 1), datetime.date(2026, 3, 31), "Previewed", 1)
	assert runs_of(project) == (march,)
	plan.reload()
	assert str(plan.next_start) == "2026-04-01"
	assert frappe.db.get_value("Billing Run", plan.last_run, "schedule") == plan.name


def test_a_pause_is_caught_up_and_what_is_off_stays_off(monkeypatch):
	project = make_project().name
	make_home(project)
	make.make_tariff(project, due_day=1)
	schedule(project, months="3", next_start="2026-01-01")
	off = make_project().name
	schedule(off, enabled=0)
	monkeypatch.setattr(schedules, "today", lambda: "2026-06-25")
	schedules.make_due_runs()
	assert [row[0].month for row in runs_of(project)] == [1, 4, 7]
	assert runs_of(off) == ()


def test_a_schedule_that_fails_keeps_its_error(monkeypatch):
	project = make_project().name
	plan = schedule(project)

	def broken(*_args):
		raise ValueError("no period")

	monkeypatch.setattr(schedules, "make_runs", broken)
	monkeypatch.setattr(frappe.db, "rollback", lambda **_kw: None)
	schedules.make_due_runs()
	assert frappe.db.get_value("Billing Schedule", plan.name, "last_error") == "no period"
	with pytest.raises(WrongSchedule):
		schedule(project, next_start="2026-03-02")
