"""From tariff to receipt: what is written, what ties, what is refused (D2, S2)."""

from decimal import Decimal

import frappe
import pytest

from kefu_property.billing import actions, api, audit, exceptions, invoices, ledger, payments, runs
from kefu_property.rules.money import D
from tests.factories import billing as make
from tests.factories.billing import as_role
from tests.factories.registry import make_home, make_occupancy, make_project, make_resident, make_unit


def outstanding(name: str) -> Decimal:
	return D(frappe.db.get_value("Fee Invoice", name, "outstanding"))


def test_a_run_bills_area_times_price_with_its_ledger():
	project, unit, resident, bills = make.make_billed_home("0.15", building_area=130.70)
	assert len(bills) == 1
	bill, line = bills[0], bills[0].lines[0]
	assert (D(bill.total), D(line.amount), line.raw_amount) == (Decimal("19.61"), Decimal("19.61"), "19.605")
	assert (bill.resident, bill.unit, bill.docstatus, bill.status) == (resident.name, unit.name, 1, "Unpaid")
	assert str(bill.due_date) == "2026-01-15" and str(bill.limitation_date) == "2029-01-15"
	assert api.balance(unit=unit.name) == Decimal("19.61") == api.balance(resident=resident.name)
	assert api.balance(unit=unit.name, as_of="2025-12-31") == 0
	assert api.arrears([unit.name], "2026-01-15") == {unit.name: Decimal("19.61")}
	assert api.arrears([unit.name], "2026-01-14") == {}
	assert audit.run(project) == []


def test_explanation_names_price_quantity_and_rounding():
	_project, _unit, _resident, bills = make.make_billed_home("0.15", building_area=130.70)
	steps = " ".join(actions.explain_bill(bills[0].name)["lines"][0]["steps"])
	for part in ("130.7", "0.15", "19.605", "19.61", "0.01"):
		assert part in steps


def test_running_again_makes_nothing_twice_and_fills_gaps():
	project, _unit, _resident, _bills = make.make_billed_home()
	make_home(project)
	again = make.make_run(project, "2026-01-01", "2026-01-31", "2026-01-01")
	assert make.publish_run(again) == 1
	assert frappe.db.count("Fee Invoice", {"project": project}) == 2
	skips = runs.skip_summary(again.name)
	assert [(row.reason, row.units) for row in skips] == [("Already billed", 1)]
	assert frappe.db.get_value("Billing Run", again.name, "workflow_state") == "Published"


def test_skips_tell_the_reason_and_the_rest_is_billed():
	project = make_project().name
	make.make_tariff(project)
	make_home(project, "1-1-101")
	make_unit(project, "1-1-102")  # nobody pays
	nothing = make_unit(project, "1-1-103", building_area=0)
	make_occupancy(nothing, make_resident(project))
	run = make.make_run(project)
	assert make.publish_run(run) == 1
	reasons = {row.reason: row.example for row in runs.skip_summary(run.name)}
	assert reasons == {"No payer": f"{project}-1-1-102", "Cannot be calculated": f"{project}-1-1-103"}


def test_a_unit_that_changes_hands_is_divided_without_losing_a_cent():
	project = make_project().name
	make.make_tariff(project, "1.11")
	unit = make_unit(project, building_area=91.37)
	old, new = make_resident(project), make_resident(project)
	make_occupancy(unit, old, to_date="2026-03-10")
	make_occupancy(unit, new, from_date="2026-03-11")
	make.publish_run(make.make_run(project))
	bills = {bill.resident: bill for bill in make.bills_of(unit.name)}
	assert set(bills) == {old.name, new.name}
	assert sum(D(bill.total) for bill in bills.values()) == Decimal("101.42")
	assert D(bills[old.name].total) == Decimal("32.72")
	assert {bill.lines[0].factor for bill in bills.values()} == {"10/31", "21/31"}


@pytest.mark.parametrize(
	("rule", "developer", "owner"),
	[
		("Owner pays from the hand-over date", Decimal("100.00"), Decimal("210.00")),
		("Owner pays the whole month", None, Decimal("310.00")),
		("Owner pays from the next month", Decimal("310.00"), None),
	],
)
def test_the_handover_month_follows_the_citys_rule(rule, developer, owner):
	project = make_project().name
	make.make_tariff(project, "3.10", first_period_rule=rule)
	unit = make_unit(project, building_area=100)
	builder, buyer = make_resident(project), make_resident(project)
	make_occupancy(unit, builder, "Developer", to_date="2026-03-10")
	make_occupancy(unit, buyer, from_date="2026-03-11")
	make.publish_run(make.make_run(project))
	totals = {bill.resident: D(bill.total) for bill in make.bills_of(unit.name)}
	assert (totals.get(builder.name), totals.get(buyer.name)) == (developer, owner)


def test_a_price_change_in_the_period_uses_both_versions():
	project = make_project().name
	tariff = make.make_tariff(project, "1.00", assign=True, in_force=False)
	tariff.append("prices", {"valid_from": "2026-03-16", "price": "2.00"})
	tariff.save(ignore_permissions=True)
	make.put_in_force(tariff)
	unit, _resident, _occupancy = make_home(project, building_area=31)
	make.publish_run(make.make_run(project))
	(bill,) = make.bills_of(unit.name)
	assert [(D(line.price), D(line.amount)) for line in bill.lines] == [(1, Decimal("15.00")), (2, Decimal("32.00"))]


def test_the_most_special_assignment_counts():
	project = make_project().name
	general = make.make_tariff(project, "1.00", assign=False)
	shops = make.make_tariff(project, "2.00", assign=False)
	make.assign_tariff(general.name)
	make.assign_tariff(shops.name, unit_type="Shop")
	home, _r, _o = make_home(project, "1-1-101", building_area=10)
	shop, _r, _o = make_home(project, "1-1-102", building_area=10, unit_type="Shop")
	free, _r, _o = make_home(project, "1-1-103", building_area=10)
	make.assign_tariff(general.name, unit=free.name, effect="Exempt", reason="Office of the management")
	run = make.make_run(project)
	make.publish_run(run)
	assert [D(make.bills_of(unit.name)[0].total) for unit in (home, shop)] == [10, 20]
	assert make.bills_of(free.name) == []
	assert [row.reason for row in runs.skip_summary(run.name)] == ["Exempt"]


def test_two_tariffs_of_one_item_are_a_reported_skip():
	project = make_project().name
	make.make_tariff(project, "1.00")
	make.make_tariff(project, "2.00")
	unit, _r, _o = make_home(project)
	run = make.make_run(project)
	assert make.publish_run(run) == 0
	assert [row.reason for row in runs.skip_summary(run.name)] == ["Two tariffs of one item apply"]
	assert make.bills_of(unit.name) == []


def test_only_a_tariff_in_force_bills():
	project = make_project().name
	tariff = make.make_tariff(project, in_force=False)
	make_home(project)
	run = make.make_run(project)
	runs.preview(run.name)
	assert frappe.db.get_value("Billing Run", run.name, "bill_count") == 0
	make.put_in_force(tariff)
	runs.preview(run.name)
	assert frappe.db.get_value("Billing Run", run.name, "bill_count") == 1


def test_the_preview_compares_with_the_last_period():
	project, unit, _resident, _bills = make.make_billed_home("2.00", building_area=50)
	make_home(project, building_area=30)
	frappe.db.set_value("Property Unit", unit.name, "building_area", 60)
	run = make.make_run(project, "2026-02-01", "2026-02-28", "2026-02-01")
	runs.preview(run.name)
	run.reload()
	assert (D(run.total), D(run.previous_total), run.bill_count) == (Decimal("180.00"), Decimal("100.00"), 2)
	found = {row.reason: (row.units, D(row.amount)) for row in run.differences}
	assert found == {"Quantity Changed": (1, Decimal("20.00")), "New Units": (1, Decimal("60.00"))}


def test_what_changed_after_approval_is_not_published():
	project = make_project().name
	make.make_tariff(project)
	unit, _r, _o = make_home(project)
	run = make.make_run(project)
	make.approve_run(run)
	frappe.db.set_value("Property Unit", unit.name, "building_area", 500)
	frappe.db.set_value("Billing Run", run.name, "workflow_state", "Publishing")
	with pytest.raises(exceptions.PlanChanged):
		runs._publish(run.name, check_plan=True)
	assert not frappe.db.exists("Fee Invoice", {"project": project})


def test_whoever_prepared_a_run_does_not_approve_it():
	project = make_project().name
	make.make_tariff(project)
	make_home(project)
	with as_role("Accountant", "Office Director", project=project):
		run = frappe.get_doc(
			{
				"doctype": "Billing Run",
				"project": project,
				"period_start": "2026-03-01",
				"period_end": "2026-03-31",
				"posting_date": "2026-03-01",
			}
		).insert()
		actions.preview_run(run.name)
		make._move(run, "Submit for Approval")
		with pytest.raises(frappe.ValidationError):
			make._move(run, "Approve")


# --- payments --------------------------------------------------------------------------------------------------------------


def test_a_payment_settles_the_oldest_and_keeps_the_rest():
	project, unit, resident, bills = make.make_billed_home("2.00", months=3, building_area=50)
	with as_role("Cashier", project=project):
		first = make.pay(resident, "150.00", tendered="200")
		second = make.pay(resident, "400.00", method="QR Code")
	assert [outstanding(bill.name) for bill in bills] == [0, 0, 0]
	assert [row.invoice for row in first.allocations] == [bills[0].name, bills[1].name]
	assert [D(row.amount) for row in first.allocations] == [100, 50]
	assert D(first.change_given) == 50
	assert (D(second.allocated), D(second.prepaid)) == (150, 250)
	assert api.prepayment(resident.name) == 250
	assert api.balance(unit=unit.name) == 0
	assert frappe.db.get_value("Fee Invoice", bills[0].name, "status") == "Paid"
	assert audit.run(project) == []


def test_the_payers_designation_comes_first():
	project, _unit, resident, bills = make.make_billed_home("2.00", months=3, building_area=50)
	with as_role("Cashier", project=project):
		make.pay(resident, "130.00", [(bills[2].name, "80.00")])
	assert [outstanding(bill.name) for bill in bills] == [50, 100, 20]
	assert frappe.db.get_value("Fee Invoice", bills[2].name, "status") == "Partly Paid"


def test_the_rest_is_kept_when_the_payer_says_so():
	project, _unit, resident, bills = make.make_billed_home("2.00", months=2, building_area=50)
	with as_role("Cashier", project=project):
		doc = make.pay(resident, "130.00", [(bills[1].name, "100.00")], keep_rest=1)
	assert [outstanding(bill.name) for bill in bills] == [100, 0] and D(doc.prepaid) == 30


def test_prepayment_pays_bills_and_is_not_spent_twice():
	project, _unit, resident, bills = make.make_billed_home("2.00", months=2, building_area=50)
	with as_role("Cashier", project=project):
		make.pay(resident, "60.00", keep_rest=1)
		with pytest.raises(exceptions.PrepaymentTooSmall):
			make.pay(resident, "60.01", [(bills[0].name, "60.01")], method="Prepayment")
		make.pay(resident, "60.00", [(bills[0].name, "60.00")], method="Prepayment")
		with pytest.raises(exceptions.PrepaymentTooSmall):
			make.pay(resident, "1.00", [(bills[0].name, "1.00")], method="Prepayment")
	assert api.prepayment(resident.name) == 0 and outstanding(bills[0].name) == 40
	assert audit.run(project) == []


def test_more_than_open_is_refused():
	project, _unit, resident, bills = make.make_billed_home("2.00", building_area=50)
	with as_role("Cashier", project=project):
		with pytest.raises(exceptions.MoreThanOpen):
			make.pay(resident, "200.00", [(bills[0].name, "100.01")])
		with pytest.raises(exceptions.MoreThanOpen):
			make.pay(resident, "50.00", [(bills[0].name, "100.00")])
	assert outstanding(bills[0].name) == 100
	assert audit.run(project) == []


def test_a_reversal_brings_the_debt_back_under_a_number_of_its_own():
	project, unit, resident, bills = make.make_billed_home("2.00", months=2, building_area=50)
	with as_role("Cashier", project=project):
		doc = make.pay(resident, "250.00")
		with pytest.raises(exceptions.CancelNeedsReason):
			actions.reverse_receipt(doc.name, "  ")
		receipt = actions.reverse_receipt(doc.name, "Wrong payer")
		with pytest.raises(exceptions.AlreadyReversed):
			actions.reverse_receipt(doc.name, "again")
		with pytest.raises(exceptions.AlreadyReversed):
			actions.reverse_receipt(receipt["name"], "again")
	assert [outstanding(bill.name) for bill in bills] == [100, 100]
	assert api.balance(unit=unit.name) == 200 and api.prepayment(resident.name) == 0
	numbers = frappe.get_all("Fee Payment", filters={"project": project}, pluck="receipt_no", order_by="receipt_no")
	assert numbers == [f"{project}-0000001", f"{project}-0000002"]
	assert frappe.db.get_value("Fee Payment", doc.name, ["status", "reversed_by"]) == ("Reversed", receipt["name"])
	assert audit.run(project) == []


def test_prepayment_that_was_used_holds_its_receipt():
	project, _unit, resident, bills = make.make_billed_home("2.00", building_area=50)
	with as_role("Cashier", project=project):
		first = make.pay(resident, "60.00", keep_rest=1)
		second = make.pay(resident, "60.00", [(bills[0].name, "60.00")], method="Prepayment")
		with pytest.raises(exceptions.PrepaymentTooSmall):
			actions.reverse_receipt(first.name, "Mistake")
		actions.reverse_receipt(second.name, "Mistake")
		actions.reverse_receipt(first.name, "Mistake")
	assert api.prepayment(resident.name) == 0 and outstanding(bills[0].name) == 100
	assert audit.run(project) == []


def test_the_same_key_returns_the_same_receipt():
	project, _unit, resident, _bills = make.make_billed_home("2.00", building_area=50)
	with as_role("Cashier", project=project):
		first = actions.collect(resident.name, project, "40", "Cash", idempotency_key="key-1")
		again = actions.collect(resident.name, project, "40", "Cash", idempotency_key="key-1")
	assert first == again and frappe.db.count("Fee Payment", {"project": project}) == 1


@pytest.mark.parametrize(
	"amount", ["-1", "0", "0.00", "NaN", "1e309", "Infinity", "１２３", "1.005", "1e2", "", None, "12,5", "0x10", 1e309]
)
def test_amounts_that_are_none(amount):
	project, _unit, resident, _bills = make.make_billed_home()
	with as_role("Cashier", project=project), pytest.raises(exceptions.NotAMoneyAmount):
		actions.collect(resident.name, project, amount, "Cash")
	assert not frappe.db.exists("Fee Payment", {"project": project})


@pytest.mark.parametrize("amount", ["-1", "NaN", "1e309", "１２３", "1.005"])
def test_amounts_that_the_document_refuses(amount):
	project, _unit, resident, _bills = make.make_billed_home()
	with as_role("Cashier", project=project), pytest.raises((frappe.ValidationError, ValueError)):
		make.pay(resident, amount)
	assert not frappe.db.exists("Fee Payment", {"project": project})


# --- cancellation ----------------------------------------------------------------------------------------------------------


def test_a_cancelled_bill_is_replaced_and_the_money_follows():
	project, unit, resident, bills = make.make_billed_home("2.00", building_area=50)
	with as_role("Cashier", project=project):
		make.pay(resident, "70.00")
	frappe.db.set_value("Property Unit", unit.name, "building_area", 30)
	with as_role("Accountant", project=project):
		result = actions.cancel_bill(bills[0].name, "Area measured anew", replace=True)
	old = frappe.get_doc("Fee Invoice", bills[0].name)
	(new,) = make.bills_of(unit.name)
	assert result["replacements"] == [new.name] == [old.replaced_by] and new.replaces == old.name
	assert (old.docstatus, old.status, D(old.outstanding), D(old.total)) == (2, "Cancelled", 0, 100)
	assert (D(new.total), D(new.outstanding)) == (60, 0)
	assert api.prepayment(resident.name) == 10
	assert audit.run(project) == []


def test_a_receipt_of_a_cancelled_bill_can_still_be_reversed():
	project, _unit, resident, bills = make.make_billed_home("2.00", building_area=50)
	with as_role("Cashier", project=project):
		doc = make.pay(resident, "70.00")
	with as_role("Accountant", project=project):
		actions.cancel_bill(bills[0].name, "Billed by mistake")
	assert api.prepayment(resident.name) == 70
	with as_role("Cashier", project=project):
		actions.reverse_receipt(doc.name, "Cheque bounced")
	assert api.prepayment(resident.name) == 0 == api.balance(resident=resident.name)
	assert audit.run(project) == []


def test_a_cancelled_run_takes_its_bills_back():
	project, unit, _resident, bills = make.make_billed_home()
	with as_role("Accountant", project=project):
		with pytest.raises(exceptions.CancelNeedsReason):
			actions.cancel_run(bills[0].billing_run, " ")
		assert actions.cancel_run(bills[0].billing_run, "Wrong price") == 1
	assert make.bills_of(unit.name) == [] and api.balance(unit=unit.name) == 0
	assert make.publish_run(make.make_run(project, "2026-01-01", "2026-01-31", "2026-01-01")) == 1
	assert audit.run(project) == []


# --- what never changes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
	("doctype", "field", "value"),
	[
		("Fee Invoice", "total", 1),
		("Fee Invoice", "due_date", "2030-01-01"),
		("Fee Invoice", "docstatus", 0),
		("Fee Ledger Entry", "amount", 1),
		("Fee Ledger Entry", "posting_date", "2020-01-01"),
		("Fee Payment", "amount", 1),
		("Fee Payment", "receipt_no", "X"),
	],
)
def test_the_database_refuses_changes_of_what_is_published(doctype, field, value):
	project, _unit, resident, _bills = make.make_billed_home()
	make.pay(resident, "10.00")
	name = frappe.get_all(doctype, filters={"project": project}, pluck="name", limit=1)[0]
	with pytest.raises(Exception, match="never changes"):
		frappe.db.set_value(doctype, name, field, value)
	with pytest.raises(Exception, match="never changes"):
		frappe.db.delete(doctype, {"name": name})


def test_controllers_refuse_changes_of_what_is_published():
	project, _unit, resident, bills = make.make_billed_home()
	doc = make.pay(resident, "10.00")
	entry = frappe.get_last_doc("Fee Ledger Entry", {"project": project})
	for document in (bills[0], doc, entry):
		with pytest.raises((exceptions.BillingError, frappe.UpdateAfterSubmitError)):
			document.db_set("modified", frappe.utils.now())
			document.reload()
			document.remark = document.payer_name = "changed"
			document.save(ignore_permissions=True)
	for document in (bills[0], doc):
		document.reload()
		with pytest.raises(exceptions.BillingError):
			document.cancel()
	for document in (bills[0], doc, entry):
		with pytest.raises(frappe.ValidationError):
			frappe.delete_doc(document.doctype, document.name, ignore_permissions=True)


def test_bills_and_ledger_entries_are_not_typed_in():
	project, unit, resident, _bills = make.make_billed_home()
	with as_role("Accountant", project=project):
		for values in (
			{
				"doctype": "Fee Invoice",
				"unit": unit.name,
				"resident": resident.name,
				"period_start": "2026-01-01",
				"period_end": "2026-01-31",
				"due_date": "2026-01-01",
				"lines": [{"fee_item": "Water Fee", "amount": 1}],
			},
			{
				"doctype": "Fee Ledger Entry",
				"posting_date": "2026-01-01",
				"account": "Receivable",
				"kind": "Bill",
				"amount": 1,
			},
		):
			with pytest.raises((exceptions.BillingError, frappe.PermissionError)):
				frappe.get_doc({"project": project, **values}).insert()


# --- tariffs ---------------------------------------------------------------------------------------------------------------


def tariff_of(project, **values):
	return frappe.get_doc(
		{
			"doctype": "Fee Tariff",
			"tariff_name": "Test",
			"project": project,
			"fee_item": "Property Service Fee",
			"kind": "Area × Price",
			"prices": [{"valid_from": "2026-01-01", "price": "1.5"}],
			**values,
		}
	)


@pytest.mark.parametrize(
	("prices", "error"),
	[
		([("2026-01-01", "2026-03-31", 1), ("2026-03-31", None, 2)], exceptions.PriceVersionsOverlap),
		([("2026-01-01", None, 1), ("2026-01-01", None, 2)], exceptions.PriceVersionsOverlap),
		([("2026-01-01", "2026-01-31", 1), ("2026-03-01", None, 2)], exceptions.PriceVersionGap),
		([("2026-01-01", None, -1)], frappe.ValidationError),
		([("2026-01-01", None, "nan")], (frappe.ValidationError, ValueError)),
	],
)
def test_price_versions_that_do_not_fit(prices, error):
	rows = [{"valid_from": start, "valid_to": end, "price": price} for start, end, price in prices]
	with pytest.raises(error):
		tariff_of(make_project().name, prices=rows).insert()


def test_agency_items_bear_no_mark_up():
	project = make_project().name
	for values in ({"minimum": 5}, {"tax_rate": 6}, {"rounding_unit": "1"}, {"rounding_mode": "Up"}):
		with pytest.raises(exceptions.MarkUpOnAgencyItem):
			tariff_of(project, fee_item="Water Fee", **values).insert()


def test_a_tariff_is_announced_approved_by_another_and_then_stays():
	project = make_project().name
	soon = frappe.utils.add_days(frappe.utils.today(), 10)
	with as_role("Accountant", project=project):
		tariff = tariff_of(project, prices=[{"valid_from": soon, "price": 2}]).insert()
		with pytest.raises(exceptions.NoticeTooShort):
			make._move(tariff, "Announce")
		tariff.reload()
		tariff.notice_days = 10
		tariff.save()
		make._move(tariff, "Announce")
		with pytest.raises(frappe.ValidationError):
			make._move(tariff, "Approve")
	with as_role("Office Director", project=project):
		make._move(tariff, "Approve")
	tariff.reload()
	assert (tariff.workflow_state, tariff.prices[0].status) == ("Approved", "Approved")
	assert tariff.prepared_by and tariff.approved_by and tariff.prepared_by != tariff.approved_by
	with as_role("Accountant", project=project):
		tariff.prices[0].price = 3
		with pytest.raises(exceptions.ApprovedPriceChanged):
			tariff.save()
		tariff.reload()
		tariff.rounding_unit = "1"
		with pytest.raises(exceptions.ApprovedTariffChanged):
			tariff.save()


def test_a_price_change_bills_only_once_approved():
	project = make_project().name
	tariff = make.make_tariff(project, "1.00", notice_days=0)
	later = frappe.utils.add_days(frappe.utils.today(), 5)
	with as_role("Accountant", project=project):
		tariff.append("prices", {"valid_from": later, "price": 9, "status": "Approved", "announced_on": "2020-01-01"})
		tariff.save()
		assert [row.status for row in tariff.prices] == ["Approved", "Pending"] and not tariff.prices[0].valid_to
		actions.announce_prices(tariff.name)
		with pytest.raises(frappe.PermissionError):
			actions.approve_prices(tariff.name)
	with as_role("Office Director", project=project):
		actions.approve_prices(tariff.name)
	tariff.reload()
	assert [row.status for row in tariff.prices] == ["Approved", "Approved"]
	assert str(tariff.prices[0].valid_to) == frappe.utils.add_days(later, -1)


# --- roles -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["CS Agent", "CS Supervisor", "HQ Quality Auditor", "Office Director", "Technician"])
def test_who_may_not_collect(role):
	project, _unit, resident, bills = make.make_billed_home()
	with as_role(role, project=project):
		for name, attempt in {
			"collect": lambda: actions.collect(resident.name, project, "1", "Cash"),
			"pay": lambda: make.pay(resident, "1.00", ignore_permissions=False),
			"open": lambda: actions.open_bills(resident.name),
			"search": lambda: actions.search_payers("1-1"),
			"cancel": lambda: actions.cancel_bill(bills[0].name, "reason"),
		}.items():
			with pytest.raises(frappe.PermissionError):
				attempt()
				pytest.fail(f"{role} may {name}")


def test_a_cashier_keeps_out_of_tariffs_runs_and_other_projects():
	project, _unit, _resident, bills = make.make_billed_home()
	other, _unit2, stranger, _bills2 = make.make_billed_home()
	with as_role("Cashier", project=project):
		for attempt in (
			lambda: tariff_of(project).insert(),
			lambda: make._move(frappe.get_doc("Fee Tariff", bills[0].lines[0].tariff), "End"),
			lambda: actions.publish_run(bills[0].billing_run),
			lambda: actions.cancel_bill(bills[0].name, "reason"),
			lambda: actions.collect(stranger.name, other, "1", "Cash"),
			lambda: actions.open_bills(stranger.name),
		):
			with pytest.raises((frappe.PermissionError, frappe.ValidationError)):
				attempt()
		assert frappe.get_list("Fee Invoice", pluck="project", distinct=True) == [project]


def test_the_bill_of_another_project_cannot_be_paid_here():
	project, _unit, resident, _bills = make.make_billed_home()
	_other, _unit2, _stranger, bills = make.make_billed_home()
	with as_role("Cashier", project=project), pytest.raises(exceptions.BillNotPayable):
		make.pay(resident, "1.00", [(bills[0].name, "1.00")])


def test_opening_balances_tie_and_are_not_doubled():
	from kefu_property.billing import opening

	project = make_project().name
	unit, resident, _o = make_home(project)
	other, payer, _o = make_home(project)
	rows = [
		{
			"unit": unit.name,
			"resident": resident.name,
			"arrears": Decimal("320.50"),
			"prepayment": None,
			"as_of": "2025-12-31",
			"source": "R-1",
		},
		{
			"unit": other.name,
			"resident": payer.name,
			"arrears": None,
			"prepayment": Decimal("99.90"),
			"as_of": "2025-12-31",
			"source": "R-1",
		},
	]
	opening.load(project, rows)
	opening.load(project, rows)
	assert (api.balance(unit=unit.name), api.prepayment(payer.name)) == (Decimal("320.50"), Decimal("99.90"))
	assert frappe.db.count("Fee Invoice", {"project": project}) == 1
	rows[0]["arrears"], rows[1]["prepayment"] = Decimal("300.00"), Decimal("100.00")
	opening.load(project, [row | {"source": "R-2"} for row in rows])
	assert (api.balance(unit=unit.name), api.prepayment(payer.name)) == (Decimal("300.00"), Decimal("100.00"))
	assert audit.run(project) == []


def test_the_audit_finds_what_does_not_tie():
	project, _unit, _resident, bills = make.make_billed_home()
	frappe.db.sql("update `tabFee Invoice` set outstanding = outstanding - 1 where name = %s", bills[0].name)
	problems = audit.run(project)
	assert len(problems) == 2 and all(bills[0].name in problem for problem in problems)
	entry = ledger.Entry(
		"2026-01-01", project, None, None, None, ledger.RECEIVABLE, "Bill", Decimal("5.00"), None, "Fee Invoice", "NONE"
	)
	ledger.post([entry])
	assert len(audit.run(project)) == 4


def test_locking_and_money_helpers():
	assert invoices.lock([]) == {}
	assert payments.money("120.5") == Decimal("120.50")


def test_a_form_says_no_with_a_zero():
	"""A browser sends "0": it must not count as true because it is a text that is not empty."""
	project, _unit, _resident, bills = make.make_billed_home()
	with as_role("Accountant", project=project):
		frappe.local.flags.in_test = True  # the framework converts parameters in requests and in tests
		result = actions.cancel_bill(invoice=bills[0].name, reason="twice", replace="0")
	assert not result["replacements"]
