"""Waivers: limits of approval, what is posted, what is refused, taking back (D2)."""

from decimal import Decimal

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from kefu_property.billing import actions, api, audit, exceptions, waivers
from kefu_property.billing.report.waiver_register import waiver_register
from kefu_property.rules.money import D
from kefu_property.suite.approval import SelfApproval
from tests.factories import billing as make
from tests.factories.arrears import make_waiver, printed
from tests.factories.billing import as_role


def outstanding(name: str) -> Decimal:
	return D(frappe.db.get_value("Fee Invoice", name, "outstanding"))


def approve(waiver, role: str = "CS Supervisor"):
	with as_role("Cashier", project=waiver.project):
		waiver.reload()
		apply_workflow(waiver, "Submit for Approval")
	with as_role(role, project=waiver.project):
		waiver.reload()
		apply_workflow(waiver, "Approve")
	waiver.reload()
	return waiver


@pytest.fixture
def home():
	"""Two bills of 250 yuan each."""
	project, unit, resident, bills = make.make_billed_home("2.50", months=2, building_area=100)
	return frappe._dict(project=project, unit=unit.name, resident=resident, bills=bills)


def test_an_approved_waiver_lowers_the_bills_and_is_posted_as_what_it_is(home):
	waiver = approve(make_waiver(home.resident, ("100.00", "250.00")))
	assert (waiver.workflow_state, D(waiver.total)) == ("Approved", Decimal("350.00"))
	assert [outstanding(bill.name) for bill in home.bills] == [Decimal("150.00"), Decimal("0.00")]
	assert frappe.db.get_value("Fee Invoice", home.bills[1].name, "status") == "Paid"
	entries = frappe.get_all(
		"Fee Ledger Entry", filters={"voucher": waiver.name}, fields=["kind", "amount", "invoice"], order_by="amount"
	)
	assert [(row.kind, D(row.amount)) for row in entries] == [("Waiver", D("-250.00")), ("Waiver", D("-100.00"))]
	assert api.balance(unit=home.unit) == Decimal("150.00")
	assert audit.run(home.project) == []


def test_who_may_approve_depends_on_the_amount(home):
	big = make.make_billed_home("10", building_area=200)
	waiver = make_waiver(big[2], ("2000.00",))
	with pytest.raises(exceptions.WaiverAboveLimit):
		approve(waiver)
	assert outstanding(big[3][0].name) == Decimal("2000.00")
	with as_role("Office Director", project=waiver.project):
		waiver.reload()
		apply_workflow(waiver, "Approve")
	assert outstanding(big[3][0].name) == 0


def test_a_role_without_limit_approves_nothing(home):
	settings = frappe.get_doc("Arrears Settings")
	settings.set("waiver_limits", [])
	settings.save(ignore_permissions=True)
	with pytest.raises(exceptions.WaiverAboveLimit):
		approve(make_waiver(home.resident, ("1.00",)), "Office Director")


def test_whoever_prepares_does_not_approve(home):
	with as_role("CS Supervisor", project=home.project):
		waiver = make_waiver(home.resident, ("10.00",), ignore_permissions=False)
		apply_workflow(waiver, "Submit for Approval")
		with pytest.raises((SelfApproval, frappe.ValidationError), match=r"(?i)approv"):
			apply_workflow(waiver, "Approve")


@pytest.mark.parametrize("amount", ["250.01", "0", "-1", "NaN", "1e309", "１２３"])
def test_never_more_than_is_open_and_only_amounts_of_money(home, amount):
	with pytest.raises(frappe.ValidationError):
		make_waiver(home.resident, (amount,))


def test_money_that_came_meanwhile_stops_the_approval(home):
	waiver = make_waiver(home.resident, ("250.00",))
	make.pay(home.resident, "100.00", [(home.bills[0].name, "100.00")])
	with pytest.raises(exceptions.WaiverRefused):
		approve(waiver)
	assert outstanding(home.bills[0].name) == Decimal("150.00")


def test_cancelling_opens_the_bills_again_and_needs_a_reason(home):
	waiver = approve(make_waiver(home.resident, ("100.00",)))
	with as_role("Office Director", project=home.project):
		with pytest.raises(exceptions.CancelNeedsReason):
			waivers.cancel(waiver.name, " ")
		waivers.cancel(waiver.name, "认定有误")
		with pytest.raises(exceptions.WaiverRefused):
			waivers.cancel(waiver.name, "again")
	assert outstanding(home.bills[0].name) == Decimal("250.00")
	assert frappe.db.get_value("Fee Waiver", waiver.name, "workflow_state") == "Cancelled"
	assert audit.run(home.project) == []


def test_only_the_director_takes_a_waiver_back(home):
	waiver = approve(make_waiver(home.resident, ("100.00",)))
	with as_role("Cashier", project=home.project), pytest.raises(frappe.PermissionError):
		waivers.cancel(waiver.name, "x")


def test_an_approved_waiver_never_changes(home):
	waiver = approve(make_waiver(home.resident, ("100.00",)))
	waiver.reason = "other"
	with pytest.raises(exceptions.WaiverNeverChanges):
		waiver.save(ignore_permissions=True)
	with pytest.raises(exceptions.WaiverNeverChanges):
		waiver.delete(ignore_permissions=True)


def test_a_bill_cancelled_later_gives_back_money_but_not_what_was_waived(home):
	waiver = approve(make_waiver(home.resident, ("100.00",)))
	make.pay(home.resident, "150.00", [(home.bills[0].name, "150.00")])
	with as_role("Accountant", project=home.project):
		assert actions.cancel_bill(home.bills[0].name, "Wrong area")["prepayment"] == "150.00"
	assert api.prepayment(home.resident.name) == Decimal("150.00")
	with as_role("Office Director", project=home.project):
		waivers.cancel(waiver.name, "bill was wrong")
	assert api.balance(unit=home.unit) == Decimal("250.00")
	assert audit.run(home.project) == []


def test_a_waiver_names_only_bills_of_its_payer(home):
	other = make.make_billed_home()
	waiver = make_waiver(home.resident, ("10.00",), insert=False)
	waiver.lines[0].update({"invoice": other[3][0].name, "invoice_line": other[3][0].lines[0].name})
	with pytest.raises(exceptions.WaiverRefused):
		waiver.insert(ignore_permissions=True)


def test_the_form_proposes_a_share_of_what_is_open(home):
	with as_role("Cashier", project=home.project):
		rows = waivers.open_lines(home.project, home.resident.name, 33)
	assert [row["amount"] for row in rows] == ["82.50", "82.50"]
	with as_role("Technician", project=home.project), pytest.raises(frappe.PermissionError):
		waivers.open_lines(home.project, home.resident.name)


def test_register_and_sheet_tell_reason_and_sum(home):
	waiver = approve(make_waiver(home.resident, ("100.00",), reason="水管爆裂补偿"))
	with as_role("Accountant", project=home.project):
		_columns, rows, _message, chart, summary = waiver_register.execute({"project": home.project})
	assert [(row.name, row.total, row.reason) for row in rows] == [(waiver.name, Decimal("100.00"), "水管爆裂补偿")]
	assert summary[0]["value"] == Decimal("100.00") and chart["data"]["labels"]
	html = printed(waiver, "Fee Waiver Sheet")
	assert "水管爆裂补偿" in html and "100.00" in html and "壹佰元整" in html
