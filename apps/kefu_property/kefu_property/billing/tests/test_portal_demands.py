"""What an owner sees of demands and late fees on the portal (L1, L4)."""

import io

import frappe
import pytest
from pypdf import PdfReader

from kefu_property.billing import dunning
from kefu_property.billing.portal import demands
from tests.factories import billing as make
from tests.factories.arrears import make_dunning_run, make_ladder, make_late_fee_policy, make_late_fee_run, steps_of
from tests.factories.registry import make_home
from tests.factories.users import as_user, make_user


def account(resident) -> str:
	user = make_user(
		"Property Resident", email=f"{frappe.generate_hash(length=8)}@test.kefu.example", user_type="Website User"
	)
	frappe.db.set_value("Resident", resident.name, "user", user)
	return user


@pytest.fixture
def home():
	"""A bill of 1,000 yuan due on 15 January 2026, with a written demand as the only step of the ladder."""
	project, unit, resident, bills = make.make_billed_home("10", building_area=100)
	make_ladder(project, (("Written Demand", 10),))
	return frappe._dict(project=project, unit=unit, resident=resident, bill=bills[0], user=account(resident))


def page(user: str) -> frappe._dict:
	context = frappe._dict()
	with as_user(user):
		demands.get_context(context)
	return context


def test_a_demand_appears_once_it_was_handed_over(home):
	run = make_dunning_run(home.project, "2026-04-01")
	make.approve(run, "CS Supervisor")
	step = steps_of(run.name)[0]
	assert page(home.user).demands == [] and step.state == "To Do"
	with as_user(home.user), pytest.raises(frappe.DoesNotExistError):
		demands.letter(step.name)
	dunning.record(step.name, "Signed For", "Handed Over", "2026-04-02 09:00:00", proof="/files/signed.png")
	(row,) = page(home.user).demands
	assert (row.action_type, row.amount, row.settled) == ("Written Demand", 1000, False)
	assert [(bill["name"], bill["amount"]) for bill in row.bills] == [(home.bill.name, 1000)]
	with as_user(home.user):
		demands.letter(step.name)
	text = PdfReader(io.BytesIO(frappe.local.response.filecontent)).pages[0].extract_text()
	assert step.name in text and "1,000.00" in text
	stranger = account(make_home(home.project)[1])
	assert page(stranger).demands == []
	with as_user(stranger), pytest.raises(frappe.DoesNotExistError):
		demands.letter(step.name)
	make.pay(home.resident, "1000", [(home.bill.name, "1000")])
	assert page(home.user).demands[0].settled


def test_a_late_fee_is_explained(home):
	make_late_fee_policy(home.project)
	make.approve(make_late_fee_run(home.project, "2026-02-14"))
	(fee,) = page(home.user).fees
	assert fee.total == 15
	assert home.bill.name in fee.steps[0] and "30 days" in fee.steps[0] and "0.05 %" in fee.steps[0]
	assert page(account(make_home(home.project)[1])).fees == []
