"""Another app contributes a module, channels and a tariff kind through the suite's hooks (docs/architecture.md §3)."""

from __future__ import annotations

import json
from pathlib import Path

import frappe
import pytest
from frappe.installer import install_app, remove_app

from kefu_property.rules.money import D
from kefu_property.suite import access, messages, state
from tests.factories.registry import make_project
from tests.factories.users import as_user, make_user

APP = "kefu_sample"


@pytest.fixture(scope="module")
def sample(connection):
	"""The sample app, installed on the test site for the tests of this file."""
	apps = Path("apps.txt")
	before = apps.read_text()
	apps.write_text(f"{before.rstrip()}\n{APP}\n")
	frappe.set_user("Administrator")
	frappe.clear_cache()
	frappe.setup_module_map()  # this process has read the modules before
	install_app(APP)
	frappe.db.commit()  # the services of the site must see it
	yield APP
	frappe.set_user("Administrator")
	remove_app(APP, dry_run=False, yes=True, no_backup=True, force=True)
	apps.write_text(before)
	frappe.clear_cache()
	frappe.setup_module_map()
	state.forget()
	assert not frappe.db.exists("Module", "bicycles")


@pytest.fixture(autouse=True)
def fresh(sample, site):
	state.forget()
	yield
	frappe.db.rollback()
	state.forget()


def test_the_module_is_in_the_shop_window():
	assert "bicycles" in state.all_modules()
	assert frappe.db.get_value("Module", "bicycles", ["title", "app", "enabled"]) == ("Bicycles", APP, 1)
	assert "bicycles" in state.dependents("registry")


def test_its_rows_belong_to_projects():
	mine, other = make_project().name, make_project().name
	for project in (mine, other):
		frappe.get_doc({"doctype": "Sample Bicycle", "project": project, "label": project}).insert()
	with as_user(make_user("CS Agent", projects=(mine,), email="bicycle-agent@test.kefu.example")):
		assert frappe.get_list("Sample Bicycle", pluck="label") == [mine]


def test_it_takes_part_in_what_other_modules_ask():
	project = make_project().name
	frappe.get_doc({"doctype": "Sample Bicycle", "project": project, "lent": 1}).insert()
	checks = [
		row
		for check in state.contributions("move_checks")
		if APP in check.__module__
		for row in check(frappe._dict(project=project))
	]
	assert [row["status"] for row in checks] == ["blocked"]


def test_its_portal_method_is_on_the_allow_list():
	resident = make_user("Property Resident", email="bicycle-resident@test.kefu.example", user_type="Website User")
	assert f"{APP}.bicycles.api.my_bicycles" in access.allowed_methods(resident)
	assert f"{APP}.bicycles.api.my_bicycles" not in access.allowed_methods("Guest")


def test_its_tariff_kind_bills():
	from kefu_property.billing import runs
	from tests.factories import billing
	from tests.factories.registry import make_home

	project = make_project().name
	billing.make_tariff(project, "2.50", kind="Per Sign")
	unit, _resident, _occupancy = make_home(project, "1-1-101")
	make_home(project, "101", building=unit.building)
	run = billing.make_run(project)
	runs.preview(run.name)
	run.reload()
	assert (str(run.total), run.bill_count) == ("17.5", 1)
	assert [(row.reason, row.units) for row in runs.skip_summary(run.name)] == [("Cannot be calculated", 1)]


def test_its_message_channel_carries():
	frappe.db.set_single_value("Kefu Settings", "message_channel", "Sample Carrier")
	name = messages.send("sign_in_code", "13800138000", {"code": "135790"}, language="zh")
	sent = frappe.flags.kefu_sample_sent
	assert (sent["to"], sent["kind"]) == ("13800138000", "sign_in_code")
	assert "135790" in sent["text"]
	kept = frappe.get_doc("Outgoing Message", name)
	assert (kept.channel, kept.status, kept.reference) == ("Sample Carrier", "Sent", "sample-1")
	assert "13800138000" not in kept.as_json()


def carrier_reports(order: str, amount: str, signature: str | None = None) -> str:
	"""What the sample carrier sends for an order, through the suite's public function."""
	from kefu_sample.wallet import sign
	from werkzeug.test import EnvironBuilder
	from werkzeug.wrappers import Request

	from kefu_property.billing import online

	body = json.dumps({"order": order, "amount": amount, "reference": "W-1"}).encode()
	headers = {"X-Wallet-Signature": sign(body) if signature is None else signature}
	frappe.local.request = Request(EnvironBuilder(method="POST", data=body, headers=headers).get_environ())
	frappe.local.request_ip = "127.0.0.1"
	with as_user("Guest"):
		return online.notice("Sample Wallet").get_data(as_text=True)


@pytest.fixture
def debtor():
	"""A resident with a portal account and one open bill of 125 yuan: (user, resident, bill)."""
	from tests.factories import billing

	project, _unit, resident, bills = billing.make_billed_home("2.50", building_area=50)
	user = make_user("Property Resident", email=f"payer-{project.lower()}@test.kefu.example", user_type="Website User")
	frappe.db.set_value("Resident", resident.name, "user", user)
	return user, resident, bills[0]


def begin(user: str, bill: str) -> str:
	"""Begin to pay as the resident; returns the name of the order, taken from the address at the carrier."""
	from kefu_property.billing.portal import pay

	with as_user(user):
		address = pay.begin("Sample Wallet", [bill])["next"]
	return address.partition("/portal/pay/")[2].partition("?")[0]


def test_its_payment_channel_settles_a_bill_once(debtor):
	user, _resident, bill = debtor
	order = begin(user, bill.name)
	assert carrier_reports(order, "125.00") == "taken"
	assert carrier_reports(order, "125.00") == "taken"
	bill.reload()
	assert (bill.status, D(bill.outstanding)) == ("Paid", 0)
	receipts = frappe.get_all(
		"Fee Payment", {"resident": bill.resident}, ["method", "amount", "cashier", "reference_no"]
	)
	assert [(r.method, D(r.amount), r.cashier, r.reference_no) for r in receipts] == [("Online", 125, None, "W-1")]
	paid = frappe.get_doc("Online Payment", order)
	assert (paid.status, bool(paid.fee_payment)) == ("Paid", True)


def test_a_notice_that_is_forged_or_about_another_amount_changes_nothing(debtor):
	from kefu_property.billing.channels import ForgedNotice
	from kefu_property.billing.exceptions import AmountDiffers

	user, _resident, bill = debtor
	order = begin(user, bill.name)
	with pytest.raises(ForgedNotice):
		carrier_reports(order, "125.00", signature="0" * 64)
	with pytest.raises(AmountDiffers):
		carrier_reports(order, "1.00")
	with pytest.raises(ForgedNotice):
		carrier_reports("no such order", "125.00")
	assert frappe.db.get_value("Online Payment", order, "status") == "Open"
	assert not frappe.db.count("Fee Payment", {"resident": bill.resident})


def test_money_for_a_bill_that_was_paid_meanwhile_is_kept_as_prepayment(debtor):
	from tests.factories import billing

	user, resident, bill = debtor
	order = begin(user, bill.name)
	billing.pay(resident, "125.00")
	carrier_reports(order, "125.00")
	payment = frappe.get_doc("Fee Payment", frappe.db.get_value("Online Payment", order, "fee_payment"))
	assert (D(payment.allocated), D(payment.prepaid)) == (0, 125)


def test_nobody_pays_for_a_bill_that_is_not_theirs_or_through_a_channel_that_is_not_offered(debtor):
	from kefu_property.billing.exceptions import BillNotPayable, UnknownPaymentChannel
	from kefu_property.billing.portal import pay
	from tests.factories import billing

	user, _resident, bill = debtor
	_project, _unit, _other, others = billing.make_billed_home("1.00", building_area=50)
	for bills in ([others[0].name], [bill.name, others[0].name], []):
		with as_user(user), pytest.raises(BillNotPayable):
			pay.begin("Sample Wallet", bills)
	with as_user(user), pytest.raises(UnknownPaymentChannel):
		pay.begin("No Such Channel", [bill.name])


def test_the_portal_offers_its_channel(debtor):
	from kefu_property.billing.portal import bills, pay

	user, _resident, bill = debtor
	with as_user(user):
		context = frappe._dict(rest="")
		pay.get_context(context)
		one = frappe._dict(rest=bill.name)
		bills.get_context(one)
	assert context.channels == ["Sample Wallet"]
	assert context.chosen == {bill.name}
	assert one.payable


def test_it_goes_off_like_any_other():
	method = f"{APP}.bicycles.jobs.remind"
	assert frappe.db.get_value("Scheduled Job Type", {"method": method}, "stopped") == 0
	state.disable("bicycles")
	assert frappe.db.get_value("Scheduled Job Type", {"method": method}, "stopped") == 1
	with as_user(make_user("CS Agent")), pytest.raises(frappe.PermissionError):
		frappe.get_list("Sample Bicycle")
