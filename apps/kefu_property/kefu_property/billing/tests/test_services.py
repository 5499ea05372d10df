"""A repair that the owner pays, from the order to the bill (D2, D7)."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from kefu_property.billing import actions as billing_actions
from kefu_property.billing import audit, services
from kefu_property.rules.money import D
from kefu_property.service_desk import actions, dispatch
from tests.factories.service_desk import make_case, make_desk
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
	return desk


def facts(desk, **values) -> dict:
	return {
		"project": desk.project,
		"unit": desk.unit,
		"resident": desk.resident,
		"amount": "80.00",
		"title": "Test",
		"reference_doctype": "Repair Order",
		"reference_name": "RO-TEST",
		"lines": [{"description": "换水龙头", "quantity": "1", "rate": "80", "amount": "80.00"}],
		**values,
	}


def test_a_verified_repair_is_a_bill_with_labour_and_material(desk):
	with as_user(desk.agent):
		name = make_case("Repair Order", desk).name
	with as_user(desk.technicians[0]):
		actions.accept("Repair Order", name)
		dispatch.arrive(name)
		dispatch.set_cost(
			name, [{"labour": desk.price, "quantity": 2}], [{"description": "龙头", "rate": "35.50"}], "Owner"
		)
		dispatch.send_quotation(name)
		dispatch.record_quotation_answer(name, True, "signed the slip")
		dispatch.finish(name, "Replaced")
	with as_user(desk.supervisor):
		apply_workflow(frappe.get_doc("Repair Order", name).as_json(), "Verify")
	order = frappe.get_doc("Repair Order", name)
	assert order.charge_state == "Charged"
	bill = frappe.get_doc("Fee Invoice", order.charge_reference)
	assert (bill.unit, bill.resident, bill.origin, D(bill.total)) == (desk.unit, desk.resident, "Single", D("195.50"))
	assert [(D(line.quantity), D(line.price), D(line.amount)) for line in bill.lines] == [
		(D(2), D(80), D("160.00")),
		(D(1), D("35.50"), D("35.50")),
	]
	steps = [step for line in billing_actions.explain_bill(bill.name)["lines"] for step in line["steps"]]
	assert any("换水龙头: 2 × 80 = 160.00" in step and name in step for step in steps)
	assert audit.run(desk.project) == []


def test_a_service_is_billed_once(desk):
	first = services.charge(facts(desk))
	assert first and services.charge(facts(desk)) == first
	assert frappe.db.count("Fee Invoice", {"project": desk.project}) == 1


def test_who_pays_for_the_home_pays_when_nobody_is_named(desk):
	bill = frappe.get_doc("Fee Invoice", services.charge(facts(desk, resident=None)))
	assert bill.resident == desk.resident


@pytest.mark.parametrize(
	"values",
	[{"unit": None}, {"lines": []}, {"lines": [{"description": "x", "quantity": "1", "rate": "0", "amount": "0.00"}]}],
)
def test_without_home_or_amount_it_is_charged_by_hand(desk, values):
	assert services.charge(facts(desk, **values)) is None
	assert frappe.db.count("Fee Invoice", {"project": desk.project}) == 0
