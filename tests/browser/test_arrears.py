"""Arrears at the desk: a waiver is approved, a call ends with a promise (D2)."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, today
from playwright.sync_api import expect

from kefu_property.billing import opening
from kefu_property.rules.money import D
from tests.browser import people
from tests.factories.arrears import make_ladder, make_waiver
from tests.factories.registry import make_home, make_project
from tests.factories.users import as_user, assign


@pytest.fixture
def debtor(site):
	"""A project of this test alone with a payer who owes 860 yuan since June, and the staff who work there."""
	project = make_project().name
	unit, resident, _occupancy = make_home(project, owner="张欠费")
	row = {"unit": unit.name, "resident": resident.name, "arrears": "860", "as_of": "2026-06-30", "source": "Test"}
	opening.load(project, [row])
	make_ladder(project)
	users = [people.staff(role)[0] for role in ("Cashier", "Office Director", "CS Agent")]
	for user in users:
		assign(user, project)
	frappe.db.commit()  # the served site is another process
	yield frappe._dict(project=project, unit=unit, resident=resident, cashier=users[0])
	frappe.db.rollback()
	for user in users:
		frappe.db.delete("User Permission", {"user": user, "for_value": project})
		frappe.cache.hdel("user_permissions", user)
	frappe.db.commit()  # the next test's staff do not work there


def test_the_director_approves_a_waiver(desk_page, picture, debtor):
	waiver = make_waiver(debtor.resident, ("160.00",), reason="外墙渗水维修期间居住受影响")
	with as_user(debtor.cashier):
		apply_workflow(waiver, "Submit for Approval")
	frappe.db.commit()  # the served site is another process
	page = desk_page("Office Director", path=f"/app/fee-waiver/{waiver.name}")
	expect(page.locator(".page-head .indicator-pill")).to_contain_text("待批准")
	picture(page, "desk-fee-waiver-zh", full=True)
	page.locator(".actions-btn-group button").first.click()
	page.locator(".actions-btn-group .dropdown-menu").get_by_text("批准", exact=True).click()
	expect(page.locator(".page-head .indicator-pill")).to_contain_text("已批准")
	frappe.db.rollback()
	assert D(frappe.db.get_value("Fee Invoice", waiver.lines[0].invoice, "outstanding")) == D("700.00")


def test_a_call_ends_with_a_promise(desk_page, picture, debtor):
	step = frappe.get_doc(
		{
			"doctype": "Dunning Action",
			"project": debtor.project,
			"resident": debtor.resident.name,
			"action_type": "Phone",
		}
	).insert(ignore_permissions=True)
	frappe.db.commit()  # the served site is another process
	page = desk_page("CS Agent", path=f"/app/dunning-action/{step.name}")
	page.get_by_role("button", name="登记结果").click()
	dialog = page.locator(".modal.show")
	expect(dialog.locator("[data-fieldname=result] select")).to_be_visible()
	dialog.locator("[data-fieldname=result] select").select_option("Promised")
	dialog.locator("[data-fieldname=pay_by] input").fill(add_days(today(), 5))
	dialog.locator("[data-fieldname=pay_by] input").press("Tab")
	picture(page, "desk-dunning-outcome-zh")
	dialog.get_by_role("button", name="保存", exact=True).click()
	expect(page.locator(".page-head .indicator-pill")).to_contain_text("已办结")
	picture(page, "desk-dunning-action-zh", full=True)
	frappe.db.rollback()
	promise = frappe.get_last_doc("Promise to Pay", {"dunning_action": step.name})
	assert (D(promise.amount), str(promise.pay_by)) == (D("860.00"), add_days(today(), 5))
