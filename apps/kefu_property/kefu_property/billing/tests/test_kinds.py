"""Kinds of tariffs on real documents: what was read, shared or listed is billed once, to whoever pays, and explains itself (D2, L6)."""

from __future__ import annotations

import datetime
from decimal import Decimal

import frappe
import pytest
from frappe.www.printview import get_html_and_style
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.billing import actions, audit, explain, kinds, meters
from kefu_property.billing.exceptions import (
	BillingError,
	BillNotPayable,
	ChargeSettled,
	ReadingBilled,
	WrongReading,
	WrongSharedCost,
	WrongTariff,
)
from kefu_property.rules.money import D
from kefu_property.rules.periods import ONE_DAY, Span, cut
from tests.factories import billing as make
from tests.factories.registry import make_home, make_occupancy, make_project, make_resident, make_unit

WATER = "Water Fee"


def run_of(project: str, month: str = "03"):
	start = f"2026-{month}-01"
	run = make.make_run(project, start, str(frappe.utils.get_last_day(start)), start)
	make.publish_run(run)
	return run


def lines_of(unit: str) -> list[tuple]:
	return [(D(line.quantity), D(line.price), D(line.amount)) for bill in make.bills_of(unit) for line in bill.lines]


def steps_of(unit: str) -> str:
	return "\n".join(step for bill in make.bills_of(unit) for line in explain.explain(bill) for step in line["steps"])


# --- meters ----------------------------------------------------------------------------------------------------------------


def test_a_meter_bills_the_readings_of_the_period():
	project = make_project().name
	unit, _resident, _occupancy = make_home(project)
	make.make_tariff(project, "2.90", item=WATER, kind="Meter", meter_kind="Cold Water")
	meter = make.make_meter(unit)
	make.read_meter(meter, "108.5", "2026-02-27")
	make.read_meter(meter, "121.7", "2026-03-28")
	run_of(project)
	assert lines_of(unit.name) == [(Decimal("13.2"), Decimal("2.9"), Decimal("38.28"))]
	assert meter.meter_no in steps_of(unit.name)
	assert "121.7" in steps_of(unit.name)
	assert audit.run(project) == []


def test_a_unit_without_reading_is_reported_not_billed():
	project = make_project().name
	unit, _resident, _occupancy = make_home(project)
	make.make_tariff(project, "2.90", item=WATER, kind="Meter", meter_kind="Cold Water")
	make.make_meter(unit)
	run = run_of(project)
	assert make.bills_of(unit.name) == []
	assert frappe.db.get_value("Billing Run Skip", {"billing_run": run.name, "unit": unit.name}, "detail") == (
		"No meter reading in the period"
	)


def test_tiers_of_a_month():
	project = make_project().name
	unit, _resident, _occupancy = make_home(project)
	make.make_tariff(
		project,
		"2.00",
		item=WATER,
		kind="Tiered Meter",
		meter_kind="Cold Water",
		tiers=[
			{"up_to": 15, "price_ratio": 1},
			{"up_to": 25, "price_ratio": 1.5},
			{"price_ratio": 3, "price_extra": 0.5},
		],
	)
	make.read_meter(make.make_meter(unit), "130", "2026-03-31")
	run_of(project)
	assert lines_of(unit.name) == [
		(Decimal(15), Decimal(2), Decimal("30.00")),
		(Decimal(10), Decimal(3), Decimal("30.00")),
		(Decimal(5), Decimal("6.5"), Decimal("32.50")),
	]
	assert make.bills_of(unit.name)[0].total == 92.5


def test_tiers_of_a_year_remember_the_months_before():
	project = make_project().name
	unit, _resident, _occupancy = make_home(project)
	make.make_tariff(
		project,
		"2.00",
		item=WATER,
		kind="Tiered Meter",
		meter_kind="Cold Water",
		tier_basis="Year",
		tiers=[{"up_to": 20, "price_ratio": 1}, {"price_ratio": 2}],
	)
	meter = make.make_meter(unit)
	make.read_meter(meter, "112", "2026-01-31")
	make.read_meter(meter, "124", "2026-02-28")
	run_of(project, "01")
	run_of(project, "02")
	assert lines_of(unit.name) == [
		(Decimal(12), Decimal(2), Decimal("24.00")),
		(Decimal(8), Decimal(2), Decimal("16.00")),
		(Decimal(4), Decimal(4), Decimal("16.00")),
	]


def test_a_home_that_changes_hands_divides_the_consumption_by_days():
	project = make_project().name
	unit = make_unit(project)
	first, second = make_resident(project), make_resident(project)
	make_occupancy(unit, first, from_date="2024-01-01", to_date="2026-03-10")
	make_occupancy(unit, second, from_date="2026-03-11")
	make.make_tariff(project, "2.00", item=WATER, kind="Meter", meter_kind="Cold Water")
	make.read_meter(make.make_meter(unit, installed_on="2026-02-28"), "131", "2026-03-31")
	run_of(project)
	by_payer = {bill.resident: (D(bill.lines[0].quantity), D(bill.total)) for bill in make.bills_of(unit.name)}
	assert by_payer == {
		first.name: (Decimal(10), Decimal("20.00")),
		second.name: (Decimal(21), Decimal("42.00")),
	}


def test_a_lower_reading_is_refused_unless_the_register_passed_zero_or_was_replaced():
	project = make_project().name
	unit, _resident, _occupancy = make_home(project)
	meter = make.make_meter(unit, start_value="99990")
	with pytest.raises(WrongReading, match="Read it again"):
		make.read_meter(meter, "12", "2026-03-31")
	over = make.read_meter(meter, "12", "2026-03-31", rolled_over=1)
	assert D(over.consumption) == 22
	replaced = make.read_meter(
		meter, "30", "2026-04-10", reading_type="Meter Replaced", new_start="5", new_meter_no="NEW-1"
	)
	assert D(replaced.consumption) == 18
	later = make.read_meter(meter, "9.5", "2026-04-30")
	assert D(later.consumption) == Decimal("4.5")
	meter.reload()
	assert (meter.meter_no, D(meter.base_value), str(meter.last_read_on)) == ("NEW-1", Decimal("9.5"), "2026-04-30")


def test_an_estimate_is_corrected_by_the_next_readings():
	project = make_project().name
	unit, _resident, _occupancy = make_home(project)
	meter = make.make_meter(unit)
	make.read_meter(meter, "120", "2026-01-31", reading_type="Estimated")
	assert D(make.read_meter(meter, "112", "2026-02-28").consumption) == 0
	assert D(make.read_meter(meter, "125", "2026-03-31").consumption) == 5


def test_readings_come_one_after_the_other_and_only_the_last_one_changes():
	project = make_project().name
	unit, _resident, _occupancy = make_home(project)
	meter = make.make_meter(unit)
	first = make.read_meter(meter, "110", "2026-01-31")
	for day in ("2026-01-31", "2026-01-30"):
		with pytest.raises(WrongReading):
			make.read_meter(meter, "111", day)
	second = make.read_meter(meter, "120", "2026-02-28")
	with pytest.raises(WrongReading):
		first.reload()
		first.value = 111
		first.save(ignore_permissions=True)
	with pytest.raises(WrongReading):
		first.delete(ignore_permissions=True)
	second.delete(ignore_permissions=True)
	meter.reload()
	assert D(meter.base_value) == 110
	with pytest.raises(WrongReading, match="future"):
		make.read_meter(meter, "111", "2999-01-01")


def test_a_billed_reading_stays():
	project = make_project().name
	unit, _resident, _occupancy = make_home(project)
	make.make_tariff(project, "2.00", item=WATER, kind="Meter", meter_kind="Cold Water")
	reading = make.read_meter(make.make_meter(unit), "110", "2026-03-31")
	run_of(project)
	reading.value = 111
	with pytest.raises(ReadingBilled):
		reading.save(ignore_permissions=True)
	with pytest.raises(ReadingBilled):
		reading.delete(ignore_permissions=True)


def test_a_jump_is_marked():
	project = make_project().name
	unit, _resident, _occupancy = make_home(project)
	meter = make.make_meter(unit)
	for month, value in (("01", "110"), ("02", "121"), ("03", "130")):
		assert not make.read_meter(meter, value, f"2026-{month}-28").unusual
	assert make.read_meter(meter, "190", "2026-04-28").unusual


@pytest.mark.parametrize("text", ["12a", "", "-5", "1e309", "NaN", "1.2345", "9" * 10, "１２３,4"])
def test_the_sheet_refuses_what_is_no_reading(text):
	project = make_project().name
	unit, _resident, _occupancy = make_home(project)
	meter = make.make_meter(unit)
	with make.as_role("Technician", project=project), pytest.raises(WrongReading):
		meters.take(meter.name, text)


def test_a_technician_reads_the_sheet_of_a_building():
	project = make_project().name
	unit, _resident, _occupancy = make_home(project)
	meter = make.make_meter(unit)
	with make.as_role("Technician", project=project):
		rows = meters.sheet(project, "Cold Water", unit.building)
		assert [(row.name, row.unit_code, row.read_today) for row in rows] == [(meter.name, unit.unit_code, False)]
		assert meters.take(meter.name, "１２３.5")["consumption"] == "23.5"
		assert meters.sheet(project, "Cold Water")[0].read_today
	with make.as_role("CS Agent", project=project), pytest.raises(frappe.PermissionError):
		meters.sheet(project, "Cold Water")
	with make.as_role("CS Agent", project=project), pytest.raises(frappe.PermissionError):
		meters.take(meter.name, "124")
	with make.as_role("Technician", project=make_project().name), pytest.raises(frappe.PermissionError):
		frappe.db.delete("User Permission", {"user": frappe.session.user, "for_value": project})
		frappe.clear_cache(user=frappe.session.user)
		meters.take(meter.name, "124")


# --- shared costs ----------------------------------------------------------------------------------------------------------


def shared_cost(project: str, tariff, amount: str, **values):
	return frappe.get_doc(
		{
			"doctype": "Shared Cost",
			"title": "Lift power March",
			"project": project,
			"tariff": tariff.name,
			"period_start": "2026-03-01",
			"period_end": "2026-03-31",
			"amount": amount,
			**values,
		}
	).insert(ignore_permissions=True)


def test_a_shared_cost_is_divided_to_the_cent_and_without_the_excluded():
	project = make_project().name
	homes = [
		make_home(project, f"1-1-{floor}01", building_area=area)[0] for floor, area in ((1, 90), (2, 120), (3, 70))
	]
	tariff = make.make_tariff(project, "1", item="Shared Cost", kind="Shared Pool")
	cost = shared_cost(
		project, tariff, "100.00", units=[{"unit": homes[2].name, "effect": "Exclude", "reason": "No lift"}]
	)
	assert (cost.unit_count, D(cost.weight_total)) == (2, 210)
	assert run_of(project).bill_count == 0  # not approved yet
	make.approve(cost)
	run_of(project)
	assert [D(make.bills_of(unit.name)[0].total) for unit in homes[:2]] == [Decimal("42.86"), Decimal("57.14")]
	assert make.bills_of(homes[2].name) == []
	assert "Lift power March" in steps_of(homes[0].name)
	with make.as_role("Accountant", project=project):
		rows = actions.divide_shared_cost(cost.name)
	assert [(row["unit_code"], row["weight"], row["share"]) for row in rows] == [
		("1-1-101", "90", "42.86"),
		("1-1-201", "120", "57.14"),
	]


def test_common_meters_tell_what_a_shared_cost_rests_on():
	project = make_project().name
	make.read_meter(make.make_meter(project=project, kind="Electricity", place="Lift"), "350.5", "2026-03-30")
	unit = make_home(project)[0]
	make.read_meter(make.make_meter(unit, kind="Electricity"), "500", "2026-03-30")
	with make.as_role("Accountant", project=project):
		rows = meters.common_consumption(project, "2026-03-01", "2026-03-31")
		assert [(row.place, row.consumption) for row in rows] == [("Lift", "250.5")]
		assert meters.common_consumption(project, "2026-04-01", "2026-04-30") == []
	with make.as_role("Technician", project=project), pytest.raises(frappe.PermissionError):
		meters.common_consumption(project, "2026-03-01", "2026-03-31")


def test_an_approved_shared_cost_stays_and_one_that_nobody_bears_is_refused():
	project = make_project().name
	unit, _resident, _occupancy = make_home(project)
	tariff = make.make_tariff(project, "1", item="Shared Cost", kind="Shared Pool")
	with pytest.raises(WrongSharedCost, match="No unit"):
		shared_cost(project, tariff, "10.00", units=[{"unit": unit.name, "effect": "Exclude"}])
	with pytest.raises(WrongSharedCost, match="twice"):
		shared_cost(project, tariff, "10.00", units=[{"unit": unit.name, "effect": "Weight", "weight": 1}] * 2)
	for amount in ("-1", "1e309", "NaN", "１２３"):
		with pytest.raises(BillingError):
			shared_cost(project, tariff, amount)
	cost = make.approve(shared_cost(project, tariff, "10.00"))
	cost.amount = "11.00"
	with pytest.raises(WrongSharedCost):
		cost.save(ignore_permissions=True)
	with pytest.raises(WrongSharedCost):
		cost.delete(ignore_permissions=True)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_disclosure_sheet_prints_every_share_and_who_is_left_out(language):
	project = make_project().name
	homes = [make_home(project, f"1-1-{n}01", building_area=50)[0] for n in (1, 2, 3)]
	tariff = make.make_tariff(project, "1", item="Shared Cost", kind="Shared Pool")
	excluded = [{"unit": homes[2].name, "effect": "Exclude", "reason": "No lift"}]
	cost = shared_cost(project, tariff, "100.01", units=excluded, basis_text="Invoice 4711")
	before, frappe.local.lang = frappe.local.lang, language
	try:
		html = get_html_and_style(cost.as_json(), print_format="Shared Cost Disclosure")["html"]
	finally:
		frappe.local.lang = before
	for part in ("Lift power March", "1-1-101", "50.01", "50.00", "100.01", "Invoice 4711", "No lift"):
		assert part in html
	assert ("公摊" in html) == (language == "zh")


@pytest.mark.parametrize(("basis", "expected"), [("Homes", ["50.00", "50.00"]), ("Inner Area", ["40.00", "60.00"])])
def test_bases_of_division(basis, expected):
	project = make_project().name
	homes = [make_home(project, f"1-1-{n}01", inner_area=area)[0] for n, area in ((1, 40), (2, 60))]
	tariff = make.make_tariff(project, "1", item="Shared Cost", kind="Shared Pool")
	cost = shared_cost(project, tariff, "100.00", basis=basis)
	assert [row["share"] for row in cost.division()] == expected
	assert homes


# --- listed charges --------------------------------------------------------------------------------------------------------


def unit_charge(unit, amount: str = "80.00", **values):
	return frappe.get_doc(
		{
			"doctype": "Unit Charge",
			"unit": unit.name,
			"fee_item": "Refuse Removal Fee",
			"charge_date": "2026-03-10",
			"amount": amount,
			"description": "Bulky waste",
			**values,
		}
	).insert(ignore_permissions=True)


def test_a_listed_charge_is_billed_by_the_run_once():
	project = make_project().name
	unit, _resident, _occupancy = make_home(project)
	make.make_tariff(project, "1", item="Refuse Removal Fee", kind="Listed Charges")
	charge, waiting = unit_charge(unit), unit_charge(unit, "5.00")
	make.approve(charge)
	run_of(project)
	assert lines_of(unit.name) == [(Decimal(80), Decimal(1), Decimal("80.00"))]
	assert "Bulky waste" in steps_of(unit.name)
	with make.as_role("Accountant", project=project), pytest.raises(ChargeSettled):
		actions.bill_charge(charge.name)
	with make.as_role("Accountant", project=project), pytest.raises(ChargeSettled, match="approved"):
		actions.bill_charge(waiting.name)


def test_a_charge_is_billed_at_once_by_the_accountant():
	project = make_project().name
	unit, resident, _occupancy = make_home(project)
	charge = make.approve(unit_charge(unit), "CS Supervisor")
	with make.as_role("CS Supervisor", project=project), pytest.raises(frappe.PermissionError):
		actions.bill_charge(charge.name)
	with make.as_role("Accountant", project=project):
		name = actions.bill_charge(charge.name)
	bill = frappe.get_doc("Fee Invoice", name)
	assert (bill.resident, D(bill.total), bill.origin) == (resident.name, 80, "Single")
	assert "Bulky waste" in steps_of(unit.name)
	# a run of a tariff for the same item leaves it alone
	make.make_tariff(project, "1", item="Refuse Removal Fee", kind="Listed Charges")
	run_of(project)
	assert len(make.bills_of(unit.name)) == 1
	assert audit.run(project) == []
	charge.reload()
	charge.amount = "1.00"
	with pytest.raises(ChargeSettled):
		charge.save(ignore_permissions=True)
	with pytest.raises(ChargeSettled):
		charge.delete(ignore_permissions=True)


def test_a_charge_for_a_home_that_nobody_pays_for():
	project = make_project().name
	charge = make.approve(unit_charge(make_unit(project)))
	with make.as_role("Accountant", project=project), pytest.raises(BillNotPayable, match="Nobody pays"):
		actions.bill_charge(charge.name)


# --- other kinds -----------------------------------------------------------------------------------------------------------


def test_people_and_vehicles():
	project = make_project().name
	unit, resident, _occupancy = make_home(project)
	make_occupancy(unit, make_resident(project), relation="Family", from_date="2024-01-01", is_payer=0)
	frappe.get_doc(
		{
			"doctype": "Resident Vehicle",
			"project": project,
			"resident": resident.name,
			"unit": unit.name,
			"plate_number": "浙A12345",
			"plate_kind": "Ordinary",
			"vehicle_kind": "Car",
			"from_date": "2024-01-01",
		}
	).insert(ignore_permissions=True)
	make.make_tariff(project, "6", item="Refuse Removal Fee", kind="Per Head")
	make.make_tariff(project, "150", item="Parking Fee", kind="Per Vehicle")
	run_of(project)
	assert sorted(lines_of(unit.name)) == [(1, 150, 150), (2, 6, 12)]
	assert "浙A12345" in steps_of(unit.name)


def test_a_formula_over_facts_of_the_unit():
	project = make_project().name
	unit, _resident, _occupancy = make_home(project, building_area=100)
	make.make_tariff(project, "0.5", item="Other" if frappe.db.exists("Fee Item", "Other") else "Shared Cost", kind="Formula",
		formula="max(area - 60, 0) + people * 10")  # fmt: skip
	run_of(project)
	assert lines_of(unit.name) == [(50, Decimal("0.5"), 25)]
	assert "max(area - 60, 0)" in steps_of(unit.name)


@pytest.mark.parametrize(
	("kind", "values"),
	[
		("Formula", {"formula": "area.__class__"}),
		("Formula", {}),
		("Heating Season", {"season_start": "13-40", "season_end": "03-15"}),
		("Heating Season", {}),
		("Meter", {}),
		("Tiered Meter", {"meter_kind": "Gas", "tiers": [{"up_to": 5}]}),
		("Tiered Meter", {"meter_kind": "Gas", "tiers": [{"up_to": 5}, {"up_to": 4}, {"up_to": 0}]}),
		("Shared Pool", {"rounding_unit": "0.1"}),
		("Meter", {"meter_kind": "Gas", "minimum": 5}),
	],
)
def test_a_tariff_that_lacks_what_its_kind_needs(kind, values):
	project = make_project().name
	with pytest.raises(WrongTariff):
		make.make_tariff(project, "1", kind=kind, in_force=False, assign=False, **values)


SEASON = kinds.HeatingSeason({"season_start": "11-15", "season_end": "03-15"})


@given(
	st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 6, 1)),
	st.integers(1, 60),
	st.lists(st.integers(0, 60), max_size=4),
)
def test_a_season_is_divided_without_rest(start, days, cuts):
	"""Parts of a period that lies in one season sum to the days of the season in it."""
	period = Span(start, start + (days - 1) * ONE_DAY)
	parts = cut(period, [start + day * ONE_DAY for day in cuts])
	if SEASON.season(period.start) != SEASON.season(period.end):
		return
	assert sum(SEASON.factor(part, "") for part in parts) == SEASON.factor(period, "")


def test_a_whole_season_is_the_price_of_the_season():
	season = SEASON.season(datetime.date(2025, 12, 1))
	assert season == Span(datetime.date(2025, 11, 15), datetime.date(2026, 3, 15))
	assert SEASON.factor(season, "") == 1
	assert SEASON.factor(Span(datetime.date(2026, 6, 1), datetime.date(2026, 6, 30)), "") == 0


def test_heating_bills_the_days_of_the_season():
	project = make_project().name
	unit, _resident, _occupancy = make_home(project, building_area=100)
	make.make_tariff(
		project, "24.20", item="Heating Fee", kind="Heating Season", season_start="11-15", season_end="03-15"
	)
	run_of(project, "03")
	# 15 of 121 days
	assert [row[2] for row in lines_of(unit.name)] == [Decimal("300.00")]
	assert "15 of 121" in steps_of(unit.name)
	run_of(project, "04")
	assert len(make.bills_of(unit.name)) == 1
