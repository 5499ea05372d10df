"""A repair from dispatch to charge: price, quotation, warranty, repeat, signature, follow-up (D7)."""

import base64

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from kefu_property.service_desk import actions, charges, dispatch
from kefu_property.service_desk.exceptions import QuotationMissing, StepRefused
from tests.factories.service_desk import make_case, make_desk, picture
from tests.factories.users import as_user


@pytest.fixture
def desk():
	desk = make_desk()
	desk.price = (
		frappe.get_doc(
			{
				"doctype": "Repair Labour Price",
				"project": desk.project,
				"labour_name": "换水龙头",
				"rate": 80,
				"valid_from": "2026-01-01",
			}
		)
		.insert()
		.name
	)
	with as_user(desk.agent):
		desk.order = make_case("Repair Order", desk).name
	return desk


def order(desk):
	return frappe.get_doc("Repair Order", desk.order)


def begin(desk) -> str:
	actions.accept("Repair Order", desk.order)
	dispatch.arrive(desk.order)
	return desk.order


def test_technician_sees_own_work_only(desk):
	with as_user(desk.technicians[0]):
		assert [row.name for row in dispatch.my_work()] == [desk.order]
	with as_user(desk.technicians[1]):
		assert dispatch.my_work() == []
		with pytest.raises(StepRefused):
			dispatch.arrive(desk.order)


def test_paid_work_needs_the_owners_yes_and_the_price_of_the_list(desk):
	with as_user(desk.technicians[0]):
		name = begin(desk)
		answer = dispatch.set_cost(
			name, [{"labour": desk.price, "quantity": 2}], [{"description": "龙头", "rate": "35.50"}], "Owner"
		)
		assert answer == {"total": "195.50", "quotation_state": "To Be Sent"}
		with pytest.raises(QuotationMissing):
			dispatch.finish(name, "Replaced")
		with pytest.raises(QuotationMissing):
			dispatch.record_quotation_answer(name, True, "on the phone")
		dispatch.send_quotation(name)
		dispatch.record_quotation_answer(name, True, "on the phone")
		assert order(desk).quotation_state == "Accepted"
		dispatch.set_cost(name, [{"labour": desk.price, "quantity": 3}], [], "Owner")
		assert order(desk).quotation_state == "To Be Sent"  # it grew after it was accepted
		dispatch.send_quotation(name)
		dispatch.record_quotation_answer(name, True, "signed the slip")
		dispatch.finish(name, "Replaced")
	assert order(desk).charge_state == "To Be Charged"


def test_charge_goes_to_whoever_makes_bills(desk, monkeypatch):
	taken = []
	monkeypatch.setattr(charges.state, "contributions", lambda point: [lambda facts: taken.append(facts) or "B-1"])
	test_paid_work_needs_the_owners_yes_and_the_price_of_the_list(desk)
	with as_user(desk.supervisor):
		apply_workflow(order(desk).as_json(), "Verify")
	assert (order(desk).charge_state, order(desk).charge_reference) == ("Charged", "B-1")
	assert [charge["amount"] for charge in taken] == ["240.00"]


def test_repeat_within_warranty_is_free(desk):
	with as_user(desk.technicians[0]):
		begin(desk)
		dispatch.finish(desk.order, "Sealed")
	with as_user(desk.agent):
		again = make_case("Repair Order", desk)
		other = make_case("Repair Order", desk, category="Door or Lock")
	assert (again.repeat_of, again.under_warranty, again.paid_by) == (desk.order, 1, "Warranty")
	assert not other.repeat_of


def test_signature_has_to_be_a_picture(desk):
	signature = "data:image/png;base64," + base64.b64encode(picture("PNG")).decode()
	with as_user(desk.technicians[0]):
		begin(desk)
		for wrong in ("hello", "data:text/html;base64,PGI+", "data:image/png;base64,PGI+", signature + "!"):
			with pytest.raises(StepRefused):
				dispatch.finish(desk.order, "Done", signature=wrong)
		dispatch.finish(desk.order, "Done", signature=signature)
	assert order(desk).signed_on


def test_follow_up_lets_close_or_opens_again(desk):
	with as_user(desk.technicians[0]):
		begin(desk)
		dispatch.finish(desk.order, "Done")
	with as_user(desk.agent):
		assert actions.record_follow_up("Repair Order", desk.order, False, "It drips again") == "In Progress"
	assert order(desk).reopen_count == 1


def test_phone_is_read_through_the_access_log(desk):
	with as_user(desk.technicians[0]):
		with pytest.raises(StepRefused):
			dispatch.phone(desk.order)
	resident = frappe.get_doc("Resident", desk.resident)
	resident.new_phone = "13800009999"
	resident.save()
	with as_user(desk.technicians[0]):
		assert dispatch.phone(desk.order) == "13800009999"
	assert frappe.db.exists("Personal Data Access Log", {"resident": desk.resident, "user": desk.technicians[0]})
