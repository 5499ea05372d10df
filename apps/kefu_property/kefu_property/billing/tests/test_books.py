"""Reports and books: they tie with the ledger, and readers see their own projects (D2, S2, L7, L19)."""

from decimal import Decimal

import frappe
import pytest

from kefu_property.billing import agency, api, checks, common_income, exceptions
from kefu_property.billing.report.agency_subledger import agency_subledger
from kefu_property.billing.report.arrears_ageing import arrears_ageing
from kefu_property.billing.report.collection_target_results import collection_target_results
from kefu_property.billing.report.common_income_ledger import common_income_ledger
from kefu_property.billing.report.daily_cash_book import daily_cash_book
from kefu_property.billing.report.fee_collection_rate import fee_collection_rate
from kefu_property.billing.report.fee_year_summary import fee_year_summary
from kefu_property.billing.report.prepayment_balances import prepayment_balances
from kefu_property.billing.report.receipt_register import receipt_register
from kefu_property.billing.report.unit_statement import unit_statement
from kefu_property.rules.money import D
from tests.factories import billing as make
from tests.factories.arrears import approve_waiver, make_common_income, make_waiver, printed
from tests.factories.billing import as_role
from tests.factories.users import as_role as alone

ALL = (
	(arrears_ageing, {"as_of": "2026-06-30"}),
	(fee_collection_rate, {"to_date": "2026-12-31"}),
	(receipt_register, {"to_date": "2026-12-31"}),
	(daily_cash_book, {"to_date": "2026-12-31"}),
	(prepayment_balances, {"as_of": "2026-12-31"}),
	(fee_year_summary, {"year": 2026}),
	(agency_subledger, {"as_of": "2026-12-31"}),
	(collection_target_results, {"to_date": "2026-12-31"}),
	(common_income_ledger, {"to_date": "2026-12-31"}),
)


@pytest.fixture
def home():
	"""Two bills of 250 yuan, due on 15 January and 15 February 2026; 100 yuan waived on the first, 150 paid on it."""
	project, unit, resident, bills = make.make_billed_home("2.50", months=2, building_area=100)
	approve_waiver(make_waiver(resident, ("100.00",)))
	with as_role("Cashier", project=project) as cashier:
		payment = make.pay(
			resident, "150.00", [(bills[0].name, "150.00")], ignore_permissions=False, posting_date="2026-03-01"
		)
	return frappe._dict(project=project, unit=unit, resident=resident, bills=bills, cashier=cashier, payment=payment)


def rows_of(module, project: str, **filters) -> list:
	with as_role("Accountant", project=project):
		return module.execute({"project": project, **filters})[1]


def test_ageing_puts_what_is_open_into_its_class(home):
	rows = rows_of(arrears_ageing, home.project, as_of="2026-03-16")
	assert [(row.unit, row.bills, row.age_1, row.total, str(row.oldest)) for row in rows] == [
		(home.unit.name, 1, D("250.00"), D("250.00"), "2026-02-15")
	]
	assert [row.age_5 for row in rows_of(arrears_ageing, home.project, as_of="2027-03-01")] == [D("250.00")]
	assert rows_of(arrears_ageing, home.project, as_of="2026-02-15") == []
	by_building = rows_of(arrears_ageing, home.project, as_of="2026-03-16", group_by="Building")
	assert [(row.building, row.total) for row in by_building] == [(home.unit.building, D("250.00"))]


@pytest.mark.parametrize("day", ["2026-03-17", "2026-03-18"])
def test_the_thirtieth_day_is_of_the_first_class_and_the_next_of_the_second(home, day):
	row = rows_of(arrears_ageing, home.project, as_of=day)[0]
	assert (row.age_1 > 0) == (day == "2026-03-17") and row.age_1 + row.age_2 == D("250.00")


@pytest.mark.parametrize("group", ["Project", "Building", "Item", "Month"])
def test_the_rate_is_of_what_was_to_be_paid_without_what_was_waived(home, group):
	rows = rows_of(fee_collection_rate, home.project, to_date="2026-12-31", group_by=group)
	sums = [sum(row[field] for row in rows) for field in ("billed", "waived", "paid", "open")]
	assert sums == [D("500.00"), D("100.00"), D("150.00"), D("250.00")]
	if group == "Month":
		assert [row.rate for row in rows] == [100.0, 0.0]
	else:
		assert [row.rate for row in rows] == [37.5]


def test_the_rate_of_each_collector_is_the_share_of_what_was_to_be_paid(home):
	rows = rows_of(fee_collection_rate, home.project, to_date="2026-12-31", group_by="Collector")
	assert [(row.label, row.paid, row.rate) for row in rows] == [(home.cashier, D("150.00"), 37.5)]


def test_the_statement_runs_from_brought_forward_to_the_balance_of_the_day(home):
	rows = rows_of(unit_statement, home.project, unit=home.unit.name, from_date="2026-02-01", to_date="2026-12-31")
	assert rows[0]["balance"] == D("250.00") and rows[-1]["balance"] == api.balance(unit=home.unit.name)
	resident = rows_of(unit_statement, home.project, resident=home.resident.name, to_date="2026-01-31")
	assert resident[-1]["balance"] == D("250.00")
	assert rows_of(unit_statement, home.project) == []


def test_the_register_lists_receipts_in_order_and_names_missing_numbers(home):
	make.pay(home.resident, "10.00")
	assert [row["note"] for row in rows_of(receipt_register, home.project, to_date="2026-12-31")] == ["", ""]
	frappe.db.sql("update `tabReceipt Series` set last_number = last_number + 1 where project = %s", home.project)
	last = make.pay(home.resident, "20.00")
	rows = rows_of(receipt_register, home.project, to_date="2026-12-31")
	assert [row["receipt_no"][-1] for row in rows] == ["1", "2", "3", "4"] and rows[-1]["name"] == last.name
	assert [row["note"] for row in rows if not row.get("name")] == ["This number is missing."]


def test_the_cash_book_has_a_row_a_day_and_leaves_prepayment_out(home):
	make.pay(home.resident, "300.00", keep_rest=1, posting_date="2026-03-01", method="QR Code")
	make.pay(home.resident, "50.00", method="Prepayment", posting_date="2026-03-02")
	with as_role("Accountant", project=home.project):
		columns, rows, _message, chart, summary = daily_cash_book.execute(
			{"project": home.project, "to_date": "2026-12-31"}
		)
	assert [(str(row["posting_date"]), row["receipts"], row["total"], row["qr_code"]) for row in rows] == [
		("2026-03-01", 2, D("450.00"), D("300.00"))
	]
	assert "qr_code" in {column["fieldname"] for column in columns}
	assert summary[0]["value"] == D("450.00") and chart


def test_prepayments_as_of_a_day(home):
	make.pay(home.resident, "300.00", keep_rest=1, posting_date="2026-03-01")
	make.pay(home.resident, "50.00", method="Prepayment", posting_date="2026-04-02")
	assert [row.balance for row in rows_of(prepayment_balances, home.project, as_of="2026-03-31")] == [D("300.00")]
	rows = rows_of(prepayment_balances, home.project, as_of="2026-12-31")
	assert [(row.received, row.used, row.balance) for row in rows] == [(D("300.00"), D("50.00"), D("250.00"))]
	assert rows[0].balance == api.prepayment(home.resident.name)


@pytest.mark.parametrize("group", ["Item", "Building"])
def test_the_year_ties_in_each_row_and_with_the_ledger(home, group):
	rows = rows_of(fee_year_summary, home.project, year=2026, group_by=group)
	for row in rows:
		assert row["opening"] + row["billed"] + row["penalty"] - row["waived"] - row["paid"] == row["closing"]
	assert rows[-1]["closing"] == api.balance(project=home.project) == D("250.00")
	later = rows_of(fee_year_summary, home.project, year=2027, group_by=group)
	assert later[-1]["opening"] == later[-1]["closing"] == D("250.00")


def test_a_target_tells_what_is_missing(home):
	for values, missing in (
		({"target_rate": 50}, "50.00"),
		({"target_amount": "400"}, "250.00"),
		({"target_rate": 30}, "0.00"),
	):
		target = frappe.get_doc(
			{
				"doctype": "Collection Target",
				"project": home.project,
				"from_date": "2026-01-01",
				"to_date": "2026-03-31",
				"building": home.unit.building,
				**values,
			}
		).insert(ignore_permissions=True)
		row = next(
			row
			for row in rows_of(collection_target_results, home.project, to_date="2026-12-31")
			if row.name == target.name
		)
		assert (row.billed, row.paid, row.missing, row.rate) == (D("400.00"), D("150.00"), D(missing), 37.5)


@pytest.mark.parametrize(
	("values", "error"),
	[
		({}, exceptions.TargetMissing),
		({"target_rate": 101}, exceptions.TargetMissing),
		({"target_rate": 90, "to_date": "2025-01-01"}, exceptions.BadPeriod),
	],
)
def test_a_target_names_what_is_to_be_reached(home, values, error):
	with pytest.raises(error):
		frappe.get_doc(
			{
				"doctype": "Collection Target",
				"project": home.project,
				"from_date": "2026-01-01",
				"to_date": "2026-03-31",
				**values,
			}
		).insert(ignore_permissions=True)


@pytest.mark.parametrize(
	("module", "filters"), ALL, ids=lambda value: getattr(value, "__name__", "").rpartition(".")[2]
)
def test_nobody_reads_another_projects_books(home, module, filters):
	make_common_income(home.project, "100.00")
	other = make.make_project().name
	with alone("Accountant", project=other):
		rows = module.execute({**filters, "project": home.project})[1]
		assert [row for row in rows if row.get("project") == home.project or row.get("unit")] == []
		assert not [row for row in rows if any(isinstance(value, Decimal) and value for value in row.values())]
	with alone("Technician", project=home.project), pytest.raises(frappe.PermissionError):
		module.execute({**filters, "project": home.project})


# --- common income (L19) ---------------------------------------------------------------------------------------------------


def test_only_approved_entries_count_and_the_ledger_runs(home):
	make_common_income(home.project, "1000.00", posting_date="2026-01-10")
	make_common_income(home.project, "300.00", kind="Expense", source="Management Cost", posting_date="2026-02-10")
	make_common_income(home.project, "999.00", approve=False)
	rows = rows_of(common_income_ledger, home.project, from_date="2026-02-01", to_date="2026-12-31")
	assert [row["balance"] for row in rows] == [D("1000.00"), D("700.00")]
	assert common_income.balance(home.project, "2027-01-01") == D("700.00")


def test_owners_money_is_spent_by_their_resolution(home):
	with pytest.raises(exceptions.ResolutionMissing):
		make_common_income(home.project, "50.00", kind="Expense", source="Paid out to Owners")
	make_common_income(home.project, "50.00", kind="Expense", source="Paid out to Owners", owners_resolution="2026-3")


def test_an_approved_entry_is_mirrored_once_not_changed(home):
	entry = make_common_income(home.project, "1000.00")
	entry.description = "x"
	with pytest.raises(exceptions.CommonIncomeClosed):
		entry.save(ignore_permissions=True)
	with pytest.raises(exceptions.CommonIncomeClosed):
		make_common_income(home.project, "900.00", kind="Expense", reversal_of=entry.name)
	make_common_income(home.project, "1000.00", kind="Expense", reversal_of=entry.name)
	with pytest.raises(exceptions.CommonIncomeClosed):
		make_common_income(home.project, "1000.00", kind="Expense", reversal_of=entry.name)
	assert common_income.balance(home.project, "2027-01-01") == 0


def test_a_published_quarter_is_closed_and_printed(home):
	make_common_income(home.project, "1000.00", posting_date="2026-01-10")
	make_common_income(home.project, "250.50", kind="Expense", source="Management Cost", posting_date="2026-02-10")
	doc = frappe.get_doc(
		{
			"doctype": "Common Income Disclosure",
			"project": home.project,
			"from_date": "2026-01-01",
			"to_date": "2026-03-31",
		}
	).insert(ignore_permissions=True)
	make.approve(doc)
	assert (D(doc.opening), D(doc.income), D(doc.expense), D(doc.closing)) == (
		0,
		D("1000.00"),
		D("250.50"),
		D("749.50"),
	)
	html = printed(doc, "Common Income Notice")
	assert "749.50" in html and "Civil Code 282" in html
	with pytest.raises(exceptions.CommonIncomeClosed):
		make_common_income(home.project, "5.00", posting_date="2026-03-31")
	make_common_income(home.project, "5.00", posting_date="2026-04-01")
	with pytest.raises(exceptions.BadPeriod):
		frappe.copy_doc(doc).update({"workflow_state": "Draft"}).insert(ignore_permissions=True)


# --- what is collected for others (L7) -------------------------------------------------------------------------------------


@pytest.fixture
def water():
	"""A water bill of 100 yuan, 60 of it paid."""
	project = make.make_project().name
	unit, resident, _occupancy = make.make_home(project, building_area=100)
	make.make_tariff(project, "1", item="Water Fee")
	make.publish_run(make.make_run(project, "2026-01-01", "2026-01-31", "2026-01-01"))
	bill = make.bills_of(unit.name)[0]
	make.pay(resident, "60.00", [(bill.name, "60.00")], posting_date="2026-02-01", keep_rest=1)
	return frappe._dict(project=project, resident=resident, bill=bill)


def settle(project: str, **values):
	return frappe.get_doc(
		{
			"doctype": "Agency Settlement",
			"project": project,
			"fee_item": "Water Fee",
			"from_date": "2026-01-01",
			"to_date": "2026-02-28",
			**values,
		}
	).insert(ignore_permissions=True)


def test_what_was_collected_for_others_is_handed_over_whole(water):
	doc = settle(water.project)
	assert (D(doc.billed), D(doc.collected), D(doc.due_amount), D(doc.amount)) == (D(100), D(60), D(60), D(60))
	make.approve(doc)
	with as_role("Accountant", project=water.project):
		with pytest.raises(exceptions.SettlementRefused):
			agency.record_transfer(doc.name, "2026-03-05", " ")
		agency.record_transfer(doc.name, "2026-03-05", "TT-1")
		with pytest.raises(exceptions.SettlementRefused):
			agency.record_transfer(doc.name, "2026-03-05", "TT-2")
	doc.reload()
	assert (doc.workflow_state, str(doc.paid_on)) == ("Paid", "2026-03-05")
	row = rows_of(agency_subledger, water.project, as_of="2026-12-31")[0]
	assert (row.billed, row.collected, row.open, row.settled, row.held) == (D(100), D(60), D(40), D(60), D(0))
	html = printed(doc, "Agency Settlement Sheet")
	assert "陆拾元整" in html and "No fee is charged for collecting" in html


def test_never_more_than_is_held_and_only_agency_items(water):
	for values in ({"amount": "60.01"}, {"fee_item": "Property Service Fee"}):
		with pytest.raises(exceptions.SettlementRefused):
			settle(water.project, **values)
	settle(water.project, amount="10")
	with pytest.raises(exceptions.SettlementRefused):
		settle(water.project)


def test_a_reversed_receipt_lowers_the_next_settlement(water):
	doc = settle(water.project)
	make.approve(doc)
	with pytest.raises(exceptions.SettlementRefused):
		settle(water.project)
	make.pay(water.resident, "40.00", [(water.bill.name, "40.00")], posting_date="2026-02-20")
	assert D(settle(water.project).amount) == D("40.00")


# --- the check before a move (D19) -----------------------------------------------------------------------------------------


def request(home, day: str, leaving=()):
	return frappe._dict(
		unit=home.unit.name, effective_date=day, leaving=[frappe._dict(resident=name) for name in leaving]
	)


def test_open_bills_of_who_leaves_block_the_move(home):
	rows = checks.arrears(request(home, "2026-03-01", [home.resident.name]))
	assert [(row["status"], row["amount"]) for row in rows] == [("blocked", D("250.00"))]


def test_bills_not_yet_due_or_of_others_are_a_warning(home):
	assert checks.arrears(request(home, "2026-02-14", [home.resident.name]))[0]["status"] == "warning"
	assert checks.arrears(request(home, "2026-03-01"))[0]["status"] == "warning"


def test_a_home_without_open_bills_may_move(home):
	make.pay(home.resident, "250.00", [(home.bills[1].name, "250.00")])
	assert checks.arrears(request(home, "2026-03-01", [home.resident.name]))[0]["status"] == "ok"
