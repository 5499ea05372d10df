"""Figures of the service desk: pure rules, and reports under the project rule (D3, D7)."""

import math
from datetime import datetime, timedelta

import frappe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import case_figures as rules
from kefu_property.service_desk import actions, dispatch
from kefu_property.service_desk.report.case_statistics import case_statistics
from kefu_property.service_desk.report.deadline_attainment import deadline_attainment
from kefu_property.service_desk.report.technician_work import technician_work
from tests.factories.service_desk import make_case, make_desk
from tests.factories.users import as_user

SPAN = {"from_date": "2026-03-01", "to_date": "2026-03-31"}


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.1, 100))
def test_percentile_covers_its_share(values, percent):
	found = rules.percentile(values, percent)
	assert found in values
	assert sum(value <= found for value in values) >= math.floor(len(values) * percent / 100)
	assert sum(value < found for value in values) < max(1, math.ceil(len(values) * percent / 100))


def test_a_deadline_counts_when_it_is_met_or_over():
	now = datetime(2026, 3, 2, 12)
	early, late = now - timedelta(hours=1), now + timedelta(hours=1)
	pairs = [(late, None), (early, None), (late, early), (early, now), (None, early)]
	assert rules.attainment(pairs, now) == (1, 3)
	assert rules.percentile([], 50) is None and rules.average([None]) is None


@pytest.fixture
def desk():
	desk = make_desk()
	desk.span = {"project": desk.project, **SPAN}
	with as_user(desk.agent):
		for hour, category, place in ((9, "Noise", "Home"), (9, "Noise", "Parking"), (15, "Pets", "Home")):
			case = make_case("Complaint", desk, category=category, place=place)
			frappe.db.set_value(
				"Complaint",
				case.name,
				{
					"received_on": f"2026-03-02 {hour:02d}:00:00",
					"first_answer_due": f"2026-03-02 {hour:02d}:15:00",
					"first_answered_on": f"2026-03-02 {hour:02d}:{hour}:00",
				},
			)
	return desk


def test_cases_by_category_place_and_hour(desk):
	frappe.db.set_value("Complaint", {"project": desk.project, "category": "Pets"}, {"reopen_count": 1, "rating": 4})
	with as_user(desk.agent):

		def counts(group):
			rows = case_statistics.execute({**desk.span, "group_by": group})[1]
			return {row["group"]: row["cases"] for row in rows}

		assert counts("Category") == {"Noise": 2, "Pets": 1}
		assert counts("Place") == {"Home": 2, "Parking": 1}
		assert counts("Hour of the Day") == {"09:00": 2, "15:00": 1}
		assert counts("Cause") == {"Not Set": 3}
		rows = case_statistics.execute({**desk.span, "group_by": "Category"})[1]
		assert [(row["reopen_rate"], row["stars"]) for row in rows] == [(0, None), (100, 4)]
		assert case_statistics.execute({**desk.span, "kind": "Enquiry"})[1] == []


def test_attainment_and_first_answer(desk):
	with as_user(desk.agent):
		(row,) = deadline_attainment.execute({**desk.span, "group_by": "Department"})[1]
		assert (row["cases"], row["first_answer"], row["p50"], row["p95"]) == (3, 100, 9, 15)
	frappe.db.set_value(
		"Complaint", {"project": desk.project, "category": "Pets"}, "first_answered_on", "2026-03-02 16:00:00"
	)
	with as_user(desk.agent):
		(row,) = deadline_attainment.execute({**desk.span, "group_by": "Department"})[1]
		assert (row["first_answer"], row["p90"]) == (66.7, 60)


def test_work_of_the_technicians(desk):
	with as_user(desk.agent):
		orders = [make_case("Repair Order", desk) for _ in range(3)]
	first = desk.technicians[0]
	with as_user(first):
		actions.accept("Repair Order", orders[0].name)
		dispatch.set_cost(orders[0].name, [], [{"description": "tap", "rate": "50.10"}], "Property Office")
		dispatch.finish(orders[0].name, "Sealed")
	with as_user(desk.supervisor):
		actions.check_quality("Repair Order", orders[0].name, 80)
	with as_user(desk.agent):
		rows = technician_work.execute({"project": desk.project})[1]
	by_name = {row["technician"]: row for row in rows}
	row = by_name[frappe.utils.get_fullname(first)]
	assert (row["orders"], row["open"], row["done"], row["quality"], row["total"]) == (2, 1, 1, 80, "50.10")


def test_reports_end_at_the_project(desk):
	with as_user(make_desk().agent):
		for report in (case_statistics, deadline_attainment, technician_work):
			assert report.execute(desk.span)[1] == []
