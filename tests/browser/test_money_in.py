"""The cashier's till in the browser: a deposit that another desk asked for, the closing of the day, the payer's own view (D2)."""

import frappe
import pytest
from frappe.utils import today
from playwright.sync_api import expect

from kefu_property.billing import api
from tests.browser import people
from tests.browser.conftest import assert_no_sideways_scroll
from tests.factories.registry import make_home, make_project
from tests.factories.users import assign


@pytest.fixture
def till(site):
	"""A project of this test alone: a payer with a deposit that waits, and the cashier who works there."""
	project = make_project().name
	unit, resident, _occupancy = make_home(project)
	deposit = api.take_deposit(
		project, resident.name, "2000", "Renovation Deposit", unit.name, purpose="装修押金：验收合格满三个月后退还"
	)
	cashier, _password = people.staff("Cashier")
	assign(cashier, project)
	frappe.db.commit()  # the served site is another process
	yield frappe._dict(project=project, unit=unit.unit_code, resident=resident, deposit=deposit, cashier=cashier)
	frappe.db.rollback()
	frappe.db.delete("User Permission", {"user": cashier, "for_value": project})
	frappe.cache.hdel("user_permissions", cashier)
	frappe.db.commit()  # the next test's cashier does not work there


def test_a_deposit_is_taken_and_the_day_is_handed_in(desk_page, picture, till):
	page = desk_page("Cashier", path=f"/app/fee-deposit/{till.deposit}")
	page.get_by_role("button", name="提交", exact=True).click()
	page.locator(".modal.show").get_by_role("button", name="是", exact=True).click()
	expect(page.locator(".page-head .indicator-pill")).to_contain_text("在押")
	picture(page, "desk-fee-deposit-zh", docs=True)

	page.goto(f"/app/till-closing/new?project={till.project}")
	expect(page.locator(".page-head .title-text")).to_be_visible()
	expect(page.locator("[data-fieldname=cash] .grid-row[data-idx='8']")).to_be_visible()
	page.get_by_role("button", name="保存", exact=True).click()
	expect(page.locator("[data-fieldname=modes] .grid-row[data-idx='1']")).to_contain_text("2,000")
	picture(page, "desk-till-closing-zh", docs=True)
	frappe.db.rollback()
	assert frappe.db.get_value("Fee Deposit", till.deposit, "status") == "Held"
	assert frappe.db.exists("Till Closing", {"project": till.project, "closing_date": today(), "cashier": till.cashier})


def test_the_till_shows_what_waits(desk_page, picture, till):
	page = desk_page("Cashier", path="/app/collect-payment")
	page.locator(".kefu-till-search").fill(till.unit)
	# homes of other projects may have the code: then each row names its project
	page.locator(".kefu-till-person").first.wait_for()
	found = page.locator(".kefu-till-person")
	(found.filter(has_text=till.project) if found.count() > 1 else found).first.click()
	expect(page.locator(".kefu-till-deposit")).to_contain_text("2000.00")


def test_the_payer_sees_the_deposit(portal_page, picture, site):
	owner = people.resident()
	api.take_deposit(
		people.PROJECT,
		owner.name,
		"50",
		"Card Deposit",
		purpose="退卡时退还",
		reference=("Resident", owner.name),
		method="QR Code",
	)
	frappe.db.commit()  # the served site is another process
	page = portal_page(owner, size="small")
	page.goto("/portal/deposits")
	expect(page.locator("main")).to_contain_text("门禁卡押金")
	assert_no_sideways_scroll(page)
	picture(page, "portal-deposits-small-zh", docs=True)
