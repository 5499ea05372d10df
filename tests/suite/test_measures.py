"""Measures of modules: one list for plans and objectives, without those of modules that are off (S1, D18)."""

from datetime import date
from decimal import Decimal

import frappe
import pytest

from kefu_property.suite import measures, state
from tests.factories.billing import make_billed_home, pay
from tests.factories.registry import make_project

YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def all_on(site):
	"""Which modules are on is kept in the cache as well, where nothing is rolled back."""
	yield
	frappe.db.rollback()
	state.forget()


def test_modules_offer_their_measures():
	found = measures.available()
	assert {"collection_rate", "complaints", "closed_in_time", "satisfaction"} <= found.keys()
	assert found["collection_rate"].unit == "%" and found["complaints"].title
	assert len(found) == sum(len(function()) for function in state.contributions("measures")), "names are used once"


def test_each_measure_of_a_project_without_data_is_nothing_or_zero():
	project = make_project().name
	for name in measures.available():
		assert measures.value_of(name, project, *YEAR) in (None, 0), name
	assert measures.value_of("no_such_measure", project, *YEAR) is None


def test_the_measure_of_a_module_that_is_off_is_gone():
	project = make_project().name
	assert measures.value_of("complaints", project, *YEAR) == 0
	state.disable("service_desk")
	assert "complaints" not in measures.available()
	assert measures.value_of("complaints", project, *YEAR) is None


def test_what_is_paid_of_what_fell_due():
	project, _home, resident, (bill,) = make_billed_home()
	assert measures.value_of("collection_rate", project, *YEAR) == 0
	pay(resident, "100", [(bill.name, "100")], posting_date="2026-02-01")
	rate = measures.value_of("collection_rate", project, *YEAR)
	assert round(rate, 4) == round(100 * Decimal(100) / Decimal(str(bill.total)), 4)
	assert measures.value_of("money_received", project, *YEAR) == 100
