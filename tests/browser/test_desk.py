"""The desk as staff meet it: everybody signs in, in Chinese, and nothing speaks of the framework's makers."""

import re

import pytest
from playwright.sync_api import expect

from kefu_property.suite import demo
from tests.browser import people
from tests.browser.conftest import assert_no_sideways_scroll, set_user_language

#: what a member of staff sees of the framework's own identity: nothing
FOREIGN = re.compile(r"frappe|erpnext|criscostack", re.I)


def test_the_sign_in_page_is_ours(open_context, picture):
	page = open_context("desktop").new_page()
	page.goto("/login")
	expect(page).to_have_title(re.compile("物业客服管理系统"))
	expect(page.get_by_placeholder("邮箱或手机号码")).to_be_visible()
	assert not FOREIGN.search(page.locator("body").inner_text())
	picture(page, "desk-login-zh", docs=True)


def test_the_sign_in_page_fits_a_phone(open_context):
	page = open_context("small").new_page()
	page.goto("/login")
	expect(page.get_by_placeholder("邮箱或手机号码")).to_be_visible()
	assert_no_sideways_scroll(page)


def test_every_role_signs_in(open_context, site):
	"""One browser per role through the form, as a person does it."""
	roles = demo.desk_roles()
	assert {"Cashier", "CS Agent", "Office Director", "HQ Quality Auditor"} <= set(roles)
	for role in roles:
		user, password = people.staff(role)
		set_user_language(user, "zh")
		context = open_context("desktop")
		page = context.new_page()
		page.goto("/login")
		page.get_by_placeholder("邮箱或手机号码").fill(user)
		page.locator("#login_password").fill(password)
		page.get_by_role("button", name="登录", exact=True).click()
		page.wait_for_url(re.compile("/app"))
		page.wait_for_selector(".page-head:visible, .layout-main:visible")
		page.wait_for_load_state("networkidle")
		text = page.locator("body").inner_text()
		assert not FOREIGN.search(text), f"{role}: {FOREIGN.search(text)[0]}"
		assert page.locator(".modal.show").count() == 0, f"{role}: a dialog opens by itself"
		context.close()


@pytest.mark.parametrize("menu", [".dropdown-help", ".dropdown-navbar-user"])
def test_the_menus_are_ours_and_chinese(desk_page, menu, picture):
	page = desk_page("CS Agent")
	page.locator(f"{menu} > a, {menu} > button").first.click()
	entries = [text for text in page.locator(f"{menu} .dropdown-item:visible").all_inner_texts() if text.strip()]
	assert entries
	assert not [text for text in entries if FOREIGN.search(text) or not re.search(r"[\u4e00-\u9fff]", text)]


def test_a_list_is_chinese(desk_page, site, picture):
	people.resident()
	page = desk_page("CS Agent", path="/app/resident")
	expect(page.get_by_text(people.NAME).first).to_be_visible()
	# the names of fields are hints for administrators, shown on pointing at a label
	page.evaluate("document.querySelectorAll('.tooltip-content').forEach((hint) => hint.remove())")
	head = page.locator(".page-head, .list-row-head, .standard-filter-section, .list-sidebar").all_inner_texts()
	english = re.findall(r"\b[A-Za-z]{3,}\b", " ".join(head))
	assert not english, f"still English: {english}"
	picture(page, "desk-residents-zh", docs=True)
