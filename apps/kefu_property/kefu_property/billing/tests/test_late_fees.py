"""Late fee: off by default, preview, approval, bills, freeze, cap, survival (L4)."""

from decimal import Decimal

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from kefu_property.billing import actions, api, audit, exceptions, late_fees
from kefu_property.rules.money import D
from tests.factories import billing as make
from tests.factories.arrears import make_late_fee_policy, make_late_fee_run
from tests.factories.billing import as_role


@pytest.fixture
def home():
	"""One bill of 1,000 yuan due on 15 January 2026."""
	project, unit, resident, bills = make.make_billed_home("10", building_area=100)
	return frappe._dict(project=project, unit=unit.name, resident=resident, bill=bills[0])


def published(project: str, as_of: str):
	run = make_late_fee_run(project, as_of)
	make.approve(run)
	return run


def penalties(unit: str) -> list[Decimal]:
	rows = frappe.get_all(
		"Fee Invoice", filters={"unit": unit, "origin": "Late Fee", "docstatus": 1}, pluck="total", order_by="creation"
	)
	return [D(row) for row in rows]


def test_late_fee_is_off_until_a_policy_is_switched_on(home):
	with pytest.raises(exceptions.NoLateFeePolicy):
		make_late_fee_run(home.project, "2026-02-15")
	make_late_fee_policy(home.project, enabled=0)
	with pytest.raises(exceptions.NoLateFeePolicy):
		make_late_fee_run(home.project, "2026-02-15")


def test_only_the_director_switches_it_on(home):
	with as_role("Accountant", project=home.project), pytest.raises(frappe.PermissionError):
		make_late_fee_policy(home.project, ignore_permissions=False)
	with as_role("Office Director", project=home.project):
		make_late_fee_policy(home.project, ignore_permissions=False)


def test_a_run_is_previewed_approved_and_billed_as_penalty(home):
	make_late_fee_policy(home.project)
	run = make_late_fee_run(home.project, "2026-02-14")
	assert (run.workflow_state, run.line_count, D(run.total)) == ("Previewed", 1, Decimal("15.00"))
	assert penalties(home.unit) == []
	make.approve(run)
	assert penalties(home.unit) == [Decimal("15.00")]
	bill = frappe.get_last_doc("Fee Invoice", {"unit": home.unit, "origin": "Late Fee"})
	kinds = frappe.get_all("Fee Ledger Entry", filters={"voucher": bill.name}, fields=["kind", "fee_item", "amount"])
	assert [(row.kind, row.fee_item, D(row.amount)) for row in kinds] == [("Penalty", "Late Fee", Decimal("15.00"))]
	steps = " ".join(actions.explain_bill(bill.name)["lines"][0]["steps"])
	assert home.bill.name in steps and "30 days" in steps and "0.05 %" in steps
	assert api.balance(unit=home.unit) == Decimal("1015.00")
	assert audit.run(home.project) == []


def test_the_next_run_bills_only_what_came_since_and_running_twice_nothing(home):
	make_late_fee_policy(home.project)
	published(home.project, "2026-02-14")
	assert make_late_fee_run(home.project, "2026-02-14").line_count == 0
	published(home.project, "2026-02-24")
	assert penalties(home.unit) == [Decimal("15.00"), Decimal("5.00")]


def test_it_survives_payment_of_the_principal(home):
	make_late_fee_policy(home.project)
	make.pay(home.resident, "1000.00", [(home.bill.name, "1000.00")], posting_date="2026-01-26")
	run = make_late_fee_run(home.project, "2026-03-31")
	assert D(run.total) == Decimal("5.00")


def test_a_dispute_freezes_it(home):
	make_late_fee_policy(home.project)
	hold = frappe.get_doc(
		{
			"doctype": "Arrears Hold",
			"project": home.project,
			"resident": home.resident.name,
			"from_date": "2026-01-20",
			"to_date": "2026-02-05",
			"reason_type": "Dispute",
			"reason": "漏水争议",
		}
	).insert(ignore_permissions=True)
	assert D(make_late_fee_run(home.project, "2026-02-14").total) == Decimal("6.50")
	hold.update({"to_date": "2026-01-19"})
	with pytest.raises(exceptions.BadPeriod):
		hold.save(ignore_permissions=True)


def test_never_above_the_cap(home):
	make_late_fee_policy(home.project, cap_percent=1)
	run = make_late_fee_run(home.project, "2026-06-30")
	assert D(run.total) == Decimal("10.00")
	assert frappe.db.get_value("Late Fee Run Line", {"late_fee_run": run.name}, "is_capped") == 1


def test_agency_items_bear_none_unless_named(home):
	make_late_fee_policy(home.project, items=[{"fee_item": "Water Fee"}])
	assert make_late_fee_run(home.project, "2026-02-14").line_count == 0


def test_a_rate_above_the_loss_is_warned_of(home):
	assert "Civil Code 585" in make_late_fee_policy(home.project).warning
	other = make.make_project().name
	assert not make_late_fee_policy(other, daily_rate=0.01).warning


@pytest.mark.parametrize(
	"terms", [{"daily_rate": 0}, {"daily_rate": 3}, {"cap_percent": 0}, {"valid_to": "2025-01-01"}]
)
def test_terms_that_nobody_agrees_to_are_refused(home, terms):
	with pytest.raises(exceptions.WrongLateFeeTerms):
		make_late_fee_policy(home.project, **terms)


def test_one_policy_holds_on_a_day_and_used_terms_stay(home):
	policy = make_late_fee_policy(home.project)
	with pytest.raises(exceptions.WrongLateFeeTerms):
		make_late_fee_policy(home.project)
	published(home.project, "2026-02-14")
	policy.daily_rate = 0.1
	with pytest.raises(exceptions.LateFeePolicyInUse):
		policy.save(ignore_permissions=True)


def test_a_payment_after_the_preview_stops_the_approval(home):
	make_late_fee_policy(home.project)
	run = make_late_fee_run(home.project, "2026-02-14")
	make.pay(home.resident, "1000.00", [(home.bill.name, "1000.00")], posting_date="2026-01-20")
	with pytest.raises(exceptions.PlanChanged):
		make.approve(run)
	assert penalties(home.unit) == []


def test_whoever_prepares_does_not_approve(home):
	make_late_fee_policy(home.project)
	run = make_late_fee_run(home.project, "2026-02-14")
	with as_role("Accountant", "Office Director", project=home.project):
		apply_workflow(run, "Submit for Approval")
		with pytest.raises((frappe.PermissionError, frappe.ValidationError), match=r"(?i)approv"):
			apply_workflow(run, "Approve")


def test_a_cancelled_run_takes_its_bills_back_and_can_be_run_again(home):
	make_late_fee_policy(home.project)
	run = published(home.project, "2026-02-14")
	with as_role("Cashier", project=home.project), pytest.raises(frappe.PermissionError):
		late_fees.cancel(run.name, "x")
	with as_role("Accountant", project=home.project):
		late_fees.cancel(run.name, "条款有误")
	assert penalties(home.unit) == [] and audit.run(home.project) == []
	published(home.project, "2026-02-14")
	assert penalties(home.unit) == [Decimal("15.00")]
