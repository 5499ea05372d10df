"""Residents report, follow, rate and answer prices; never what belongs to somebody else (D3, D7)."""

import frappe
import pytest

from kefu_property.service_desk import actions, dispatch
from kefu_property.service_desk.exceptions import QuotationMissing, RatingRefused, ReasonMissing, StepRefused
from kefu_property.service_desk.portal import requests as portal
from tests.factories.registry import make_home
from tests.factories.service_desk import make_case, make_desk, staff
from tests.factories.users import as_user


@pytest.fixture
def desk():
	desk = make_desk()
	desk.user = staff(f"owner-{desk.project.lower()}", None, "Property Resident", user_type="Website User")
	frappe.db.set_value("Resident", desk.resident, "user", desk.user)
	return desk


def report(desk, kind="Repair Order", text="厨房水管漏水"):
	with as_user(desk.user):
		return portal.report(kind, desk.unit, text)["next"].rsplit("/", 1)[1]


def test_report_is_sorted_and_dispatched(desk):
	doc = frappe.get_doc("Repair Order", report(desk))
	assert (doc.category, doc.severity, doc.source) == ("Pipe Leak", "High", "Portal")
	assert doc.assigned_to in desk.technicians and doc.resident == desk.resident


def test_bad_reports(desk):
	other, _resident, _occupancy = make_home(desk.project, "1-1-102")
	with as_user(desk.user):
		with pytest.raises(frappe.DoesNotExistError):
			portal.report("Complaint", other.name, "not my home")
		with pytest.raises(ReasonMissing):
			portal.report("Complaint", desk.unit, "  ")
		with pytest.raises(StepRefused):
			portal.report("User", desk.unit, "text")
	with as_user(desk.agent), pytest.raises(frappe.PermissionError):
		portal.report("Complaint", desk.unit, "staff are no residents")


def test_somebody_elses_case_does_not_exist(desk):
	_unit, resident, _occupancy = make_home(desk.project, "1-1-102")
	with as_user(desk.agent):
		case = make_case("Complaint", desk, resident=resident.name)
	with as_user(desk.user):
		assert case.name not in {row["name"] for row in portal.own_rows(desk.user)}
		for call in (
			lambda: portal.own_case(case.name),
			lambda: portal.rate(case.name, 5),
			lambda: portal.reopen(case.name, "x"),
		):
			with pytest.raises(frappe.DoesNotExistError):
				call()


def test_rating_verifies_once_and_reopening_clears_it(desk):
	name = report(desk)
	with as_user(desk.user), pytest.raises(RatingRefused):
		portal.rate(name, 5)
	technician = frappe.db.get_value("Repair Order", name, "assigned_to")
	with as_user(technician):
		actions.accept("Repair Order", name)
		dispatch.finish(name, "Sealed")
	with as_user(desk.user):
		with pytest.raises(RatingRefused):
			portal.rate(name, 6)
		portal.rate(name, 5, "quick")
		assert frappe.db.get_value("Repair Order", name, "status") == "Verified"
		with pytest.raises(RatingRefused):
			portal.rate(name, 1)
		portal.reopen(name, "It drips again")
	doc = frappe.get_doc("Repair Order", name)
	assert (doc.status, doc.rating, doc.reopen_count, doc.replies[-1].kind) == ("In Progress", 0, 1, "From the Owner")


def test_owner_answers_the_price(desk):
	name = report(desk)
	technician = frappe.db.get_value("Repair Order", name, "assigned_to")
	with as_user(desk.user), pytest.raises(QuotationMissing):
		portal.answer_quotation(name, True)
	with as_user(technician):
		actions.accept("Repair Order", name)
		dispatch.set_cost(name, [], [{"description": "tap", "rate": "50"}], "Owner")
		dispatch.send_quotation(name)
	with as_user(desk.user):
		portal.answer_quotation(name, True)
	assert frappe.db.get_value("Repair Order", name, "quotation_state") == "Accepted"
