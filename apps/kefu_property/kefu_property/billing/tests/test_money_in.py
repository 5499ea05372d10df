"""Money in: deposits, prepayment and its limit, refunds with approval, receipt books, the cashier's day."""

from __future__ import annotations

from decimal import Decimal

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, today
from frappe.www.printview import get_html_and_style

from kefu_property.billing import actions, api, audit, deposits, exceptions, payments, receipt_books
from kefu_property.rules.money import D
from kefu_property.suite.approval import SelfApproval
from tests.factories import billing as make
from tests.factories.registry import make_home, make_project


@pytest.fixture
def home():
	project = make_project().name
	unit, resident, _occupancy = make_home(project)
	return frappe._dict(project=project, unit=unit.name, resident=resident)


@pytest.fixture(autouse=True)
def fresh_settings():
	yield
	frappe.db.value_cache.clear()  # preflight: ignore[v16-value-cache-nested] emptied whole, whatever its form


def take(home, amount="2000", item="Renovation Deposit", **values) -> str:
	return api.take_deposit(home.project, home.resident.name, amount, item, home.unit, method="Cash", **values)


def refund(home, role="Cashier", **values):
	with make.as_role(role, project=home.project):
		doc = frappe.get_doc(
			{
				"doctype": "Fee Refund",
				"project": home.project,
				"resident": home.resident.name,
				"method": "Cash",
				"reason": "完工验收合格",
				**values,
			}
		).insert()
		return apply_workflow(doc, "Submit for Approval")


def step(doc, action: str, role: str):
	with make.as_role(role, project=doc.project):
		doc.reload()
		return apply_workflow(doc, action)


# --- deposits --------------------------------------------------------------------------------------------------------------


def test_a_deposit_is_taken_deducted_from_and_returned(home):
	with make.as_role("Cashier", project=home.project):
		name = take(home, reference=("Property Unit", home.unit))
		assert (
			api.take_deposit(
				home.project, home.resident.name, "2000", "Renovation Deposit", reference=("Property Unit", home.unit)
			)
			== name
		)
	doc = frappe.get_doc("Fee Deposit", name)
	receipt = frappe.get_doc("Fee Payment", doc.fee_payment)
	assert (doc.status, D(doc.balance), receipt.receipt_no) == ("Held", 2000, f"{home.project}-0000001")
	assert (D(receipt.deposited), D(receipt.prepaid), D(receipt.allocated)) == (2000, 0, 0)
	assert api.prepayment(home.resident.name) == 0 and api.balance(resident=home.resident.name) == 0

	request = refund(
		home,
		fee_deposit=name,
		amount="1500",
		deductions=[{"reason": "电梯轿厢划伤", "amount": "300", "evidence": "/private/files/x.jpg"}],
	)
	step(request, "Approve", "Accountant")
	paid = step(request, "Pay Back", "Cashier")
	assert (paid.docstatus, paid.posting_date, paid.cashier) == (1, today(), make._email("Cashier"))
	state = api.deposit_state(("Property Unit", home.unit))
	assert (state["status"], state["held"], state["deducted"], state["returned"]) == ("Held", 200, 300, 1500)
	assert frappe.db.get_value("Fee Deposit", name, "status") == "Partly Returned"
	assert [row["held"] for row in deposits.held_as_of([home.project])] == [200]
	assert "电梯轿厢划伤" in get_html_and_style("Fee Refund", request.name, print_format="Fee Refund Voucher")["html"]
	assert "贰仟元整" in get_html_and_style("Fee Deposit", name, print_format="Deposit Agreement")["html"]
	assert audit.run(home.project) == []
	with make.as_role("Accountant", project=home.project), pytest.raises(exceptions.DepositTooSmall):
		actions.reverse_receipt(receipt.name, "误收")


def test_whoever_asks_for_a_refund_does_not_approve_it_and_it_is_paid_as_approved(home):
	name = take(home)
	request = refund(home, role="Accountant", fee_deposit=name, amount="2000")
	with make.as_role("Accountant", project=home.project), pytest.raises(SelfApproval):
		request.reload()
		request.workflow_state = "Approved"
		request.save()
	step(request, "Approve", "Office Director")
	request.reload()
	request.amount = "1"
	with pytest.raises(exceptions.RefundNotApproved):
		request.save()
	with pytest.raises(exceptions.RefundNotApproved):
		frappe.get_doc(
			{
				"doctype": "Fee Refund",
				"docstatus": 1,
				"workflow_state": "Paid",
				"source": "Deposit",
				"fee_deposit": name,
				"amount": "1",
				"method": "Cash",
				"reason": "x",
				"project": home.project,
				"resident": home.resident.name,
			}
		).insert(ignore_permissions=True)


def test_a_deposit_stays_for_its_period_and_never_pays_out_more_than_it_holds(home):
	name = take(home, release_on=add_days(today(), 30))
	early = refund(home, fee_deposit=name, amount="2000")
	step(early, "Approve", "Accountant")
	with pytest.raises(exceptions.DepositNotDue):
		step(early, "Pay Back", "Cashier")
	frappe.db.set_value("Fee Deposit", name, "release_on", today())
	twin = refund(home, fee_deposit=name, amount="2000")
	step(twin, "Approve", "Accountant")
	step(early, "Pay Back", "Cashier")
	with pytest.raises(exceptions.NotADeposit):
		step(twin, "Pay Back", "Cashier")
	assert audit.run(home.project) == []


def test_a_deposit_returned_as_prepayment_pays_bills(home):
	name = take(home, "100")
	request = refund(home, fee_deposit=name, amount="100", method="Prepayment")
	step(request, "Approve", "Accountant")
	step(request, "Pay Back", "Cashier")
	assert api.prepayment(home.resident.name) == 100
	assert audit.run(home.project) == []


def test_a_wrong_deposit_receipt_is_reversed(home):
	name = take(home)
	with make.as_role("Accountant", project=home.project):
		actions.reverse_receipt(frappe.db.get_value("Fee Deposit", name, "fee_payment"), "金额录错")
	assert frappe.db.get_value("Fee Deposit", name, ["status", "balance"]) == ("Reversed", 0)
	assert audit.run(home.project) == []


def test_what_is_not_a_deposit_is_refused(home):
	with pytest.raises(exceptions.NotADeposit):
		take(home, item="Property Service Fee")
	for amount in ("1e309", "NaN", "１２３", "-5", "1.005"):
		with pytest.raises(exceptions.NotAMoneyAmount):
			take(home, amount)
	with make.as_role("Technician", project=home.project), pytest.raises(frappe.PermissionError):
		take(home)


def test_a_payment_cannot_claim_a_deposit_through_the_api(home):
	name = take(home)
	doc = make.pay(home.resident, "10", fee_deposit=name, deposited="10")
	assert (doc.fee_deposit, D(doc.deposited), D(doc.prepaid)) == (None, 0, 10)


# --- prepayment ------------------------------------------------------------------------------------------------------------


def test_prepayment_is_limited_to_twelve_months():
	project, _unit, resident, bills = make.make_billed_home("1.00", building_area="100")
	assert D(bills[0].total) == 100
	with pytest.raises(exceptions.PrepaymentOverLimit):
		make.pay(resident, "1300.01")
	make.pay(resident, "1300.00")
	assert api.prepayment(resident.name) == 1200
	with pytest.raises(exceptions.PrepaymentOverLimit):
		make.pay(resident, "0.01")
	settings = frappe.get_single("Cashier Settings")
	settings.prepayment_over_limit = "Warn"
	settings.save()
	make.pay(resident, "0.01")
	assert api.prepayment(resident.name) == Decimal("1200.01") and audit.run(project) == []


def test_the_next_run_uses_prepayment():
	project, unit, resident, _bills = make.make_billed_home("1.00", building_area="100")
	make.pay(resident, "250")
	other, _neighbour, _occupancy = make_home(project, "1-1-902", building_area="50")
	make.publish_run(make.make_run(project, "2026-02-01", "2026-02-28", "2026-02-01"))
	make.publish_run(make.make_run(project, "2026-03-01", "2026-03-31", "2026-03-01"))
	assert [D(bill.outstanding) for bill in make.bills_of(unit.name)] == [0, 0, 50]
	assert all(D(bill.outstanding) == D(bill.total) for bill in make.bills_of(other.name))
	used = frappe.get_all(
		"Fee Payment",
		filters={"project": project, "method": "Prepayment"},
		fields=["amount", "receipt_no", "name"],
		order_by="receipt_no",
	)
	assert [(D(row.amount), row.receipt_no) for row in used] == [
		(100, f"{project}-0000002"),
		(50, f"{project}-0000003"),
	]
	assert api.prepayment(resident.name) == 0 and audit.run(project) == []
	actions.reverse_receipt(used[1].name, "住户要求保留预存")
	assert api.prepayment(resident.name) == 50 and audit.run(project) == []


def test_prepayment_is_paid_back_with_approval(home):
	make.pay(home.resident, "300")
	with pytest.raises(exceptions.PrepaymentTooSmall):
		refund(home, source="Prepayment", amount="300.01")
	request = refund(home, source="Prepayment", amount="120.50", method="Bank Transfer", payee_account="6222 0000 1111")
	step(request, "Approve", "Office Director")
	step(request, "Pay Back", "Cashier")
	assert api.prepayment(home.resident.name) == Decimal("179.50") and audit.run(home.project) == []


# --- receipt books ---------------------------------------------------------------------------------------------------------


def make_book(project: str, first=1, last=3, prefix=None):
	return frappe.get_doc(
		{
			"doctype": "Receipt Book",
			"project": project,
			"book_no": f"B{first}",
			"prefix": prefix or f"{project}/SJ-",
			"digits": 4,
			"first_number": first,
			"last_number": last,
		}
	).insert(ignore_permissions=True)


def test_a_book_numbers_the_receipts_of_its_cashier_without_gap(home):
	book = make_book(home.project)
	with make.as_role("Cashier", project=home.project) as cashier:
		assert make.pay(home.resident, "1", posting_date=today()).receipt_no == f"{home.project}-0000001"
		with pytest.raises(frappe.PermissionError):
			actions.issue_receipt_book(book.name, cashier)
	with make.as_role("Accountant", project=home.project):
		actions.issue_receipt_book(book.name, cashier)
	with make.as_role("Cashier", project=home.project):
		assert make.pay(home.resident, "1", posting_date=today()).receipt_no == f"{home.project}/SJ-0001"
		with pytest.raises(exceptions.ReceiptBookError):
			actions.void_receipt_number(book.name, " ")
		assert actions.void_receipt_number(book.name, "打印机卡纸") == f"{home.project}/SJ-0002"
		assert make.pay(home.resident, "1", posting_date=today()).receipt_no == f"{home.project}/SJ-0003"
		assert make.pay(home.resident, "1", posting_date=today()).receipt_no == f"{home.project}-0000002"
	assert frappe.db.get_value("Receipt Book", book.name, "status") == "Used Up"
	rows = receipt_books.check([home.project])
	assert [(row["used"], row["void"], row["free"], row["missing"]) for row in rows] == [(2, 0, 0, []), (2, 1, 0, [])]
	assert audit.run(home.project) == []


def test_a_returned_book_goes_on_with_another_cashier_and_a_gap_is_reported(home):
	book = make_book(home.project)
	with make.as_role("Cashier", project=home.project) as cashier:
		pass
	actions.issue_receipt_book(book.name, cashier)
	with make.as_role("Cashier", project=home.project):
		actions.return_receipt_book(book.name)
		assert make.pay(home.resident, "1", posting_date=today()).receipt_book is None
	actions.issue_receipt_book(book.name, cashier)
	frappe.db.set_value("Receipt Book", book.name, "next_number", 2)
	assert receipt_books.check([home.project])[1]["missing"] == [f"{home.project}/SJ-0001"]
	assert [row.kind for row in frappe.get_doc("Receipt Book", book.name).movements] == [
		"Given to Cashier",
		"Returned",
		"Given to Cashier",
	]
	assert any("Receipt book" in problem for problem in audit.run(home.project))


def test_books_do_not_overlap_and_can_be_asked_for(home):
	book = make_book(home.project, 1, 50)
	with pytest.raises(exceptions.ReceiptBookError):
		make_book(home.project, 50, 60)
	with pytest.raises(exceptions.ReceiptBookError):
		make_book(home.project, 90, 60)
	with pytest.raises(exceptions.ReceiptNeverChanges):
		frappe.get_doc("Receipt Book", book.name).save()
	settings = frappe.get_single("Cashier Settings")
	settings.require_book = 1
	settings.save()
	with make.as_role("Cashier", project=home.project), pytest.raises(exceptions.NoReceiptBook):
		make.pay(home.resident, "1")


# --- the cashier's day -----------------------------------------------------------------------------------------------------


def closing(home, cash=(), **values):
	with make.as_role("Cashier", project=home.project):
		return frappe.get_doc(
			{
				"doctype": "Till Closing",
				"project": home.project,
				"closing_date": today(),
				"cash": [{"denomination": note, "pieces": pieces} for note, pieces in cash],
				**values,
			}
		).insert()


def test_a_day_is_counted_handed_in_approved_banked_and_closed(home):
	with make.as_role("Cashier", project=home.project):
		first = make.pay(home.resident, "120.50", posting_date=today(), tendered="200")
		make.pay(home.resident, "80", posting_date=today(), method="QR Code")
		wrong = make.pay(home.resident, "20", posting_date=today())
		actions.reverse_receipt(wrong.name, "重复收款")
	doc = closing(home, [("100", 1), ("10", 2)])
	assert [(row.method, D(row.expected), D(row.counted)) for row in doc.modes] == [
		("Cash", Decimal("120.50"), 120),
		("QR Code", 80, 80),
	]
	with pytest.raises(exceptions.ClosingDiffers):
		step(doc, "Hand In", "Cashier")
	doc.reload()
	doc.difference_reason = "找零少收五角"
	doc.save(ignore_permissions=True)
	step(doc, "Hand In", "Cashier")
	with make.as_role("Cashier", project=home.project), pytest.raises(exceptions.DayClosed):
		make.pay(home.resident, "1", posting_date=today())
	with make.as_role("Cashier", project=home.project), pytest.raises(exceptions.DayClosed):
		actions.reverse_receipt(first.name, "x")
	closed = step(doc, "Approve", "Accountant")
	assert (closed.docstatus, D(closed.difference), D(closed.to_bank), closed.first_receipt) == (
		1,
		Decimal("-0.50"),
		120,
		first.receipt_no,
	)
	with make.as_role("Cashier", project=home.project):
		closed.reload()
		closed.update({"bank_amount": "120", "bank_date": today(), "bank_slip_no": "20260330-17"})
		closed.save()
		assert "20260330-17" in get_html_and_style("Till Closing", doc.name, print_format="Till Closing Sheet")["html"]
	# another cashier's day is open
	with make.as_role("Accountant", project=home.project):
		make.pay(home.resident, "1", posting_date=today())


def test_a_rejected_day_is_open_again_and_counted_anew(home):
	doc = closing(home)
	step(doc, "Hand In", "Cashier")
	step(doc, "Reject", "Accountant")
	with make.as_role("Cashier", project=home.project):
		make.pay(home.resident, "7", posting_date=today(), method="POS Card")
	doc.reload()
	doc.save(ignore_permissions=True)
	assert D(doc.expected_total) == 7
	with pytest.raises(exceptions.DayClosed):
		closing(home)


def test_a_closing_counts_cash_refunds_and_refuses_changes(home):
	with make.as_role("Cashier", project=home.project):
		name = take(home, "500")
	request = refund(home, fee_deposit=name, amount="200")
	step(request, "Approve", "Accountant")
	step(request, "Pay Back", "Cashier")
	doc = closing(home, [("100", 3)])
	assert D(doc.expected_total) == 300 and D(doc.difference) == 0
	step(doc, "Hand In", "Cashier")
	doc.reload()
	doc.cash[0].pieces = 2
	with pytest.raises(exceptions.ClosingDiffers):
		doc.save(ignore_permissions=True)
	with make.as_role("Cashier", project=home.project), pytest.raises(exceptions.NotAMoneyAmount):
		frappe.get_doc(
			{
				"doctype": "Till Closing",
				"project": home.project,
				"closing_date": add_days(today(), -1),
				"cash": [{"denomination": "1", "pieces": -3}],
			}
		).insert()


def test_a_cashier_does_not_close_for_another(home):
	with make.as_role("Cashier", project=home.project), pytest.raises(frappe.PermissionError):
		frappe.get_doc(
			{"doctype": "Till Closing", "project": home.project, "closing_date": today(), "cashier": "Administrator"}
		).insert()


def test_locked_rows_are_named():
	with pytest.raises(exceptions.NotADeposit):
		deposits.lock("nothing")
	assert payments.money("0", allow_zero=True) == 0
