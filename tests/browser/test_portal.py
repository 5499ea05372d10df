"""The residents' portal as a resident meets it, on a phone and on a desk."""

import re
import time

import frappe
import pytest
from playwright.sync_api import expect

from kefu_property.suite import manifest as manifests
from tests.browser import people
from tests.browser.conftest import assert_no_sideways_scroll

#: every page that a manifest offers to residents, and the frame's own
PAGES = {
	entry["route"] or "home": f"/portal/{entry['route']}".rstrip("/")
	for key in manifests.PACKAGES
	for entry in manifests.load(f"kefu_property.{key}").get("portal", {}).get("entries", ())
	if not entry.get("guest")
} | {"privacy": "/portal/privacy"}


@pytest.mark.parametrize("size", ["small", "desktop"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_fits_and_is_in_the_readers_language(portal_page, picture, size, language):
	page = portal_page(people.resident(), size, language)
	for name, path in PAGES.items():
		page.goto(path)
		expect(page.locator("html")).to_have_attribute("lang", "zh-CN" if language == "zh" else "en")
		expect(page.locator("h1")).to_be_visible()
		assert_no_sideways_scroll(page)
		text = page.locator("main").inner_text()
		chinese = re.search(r"[\u4e00-\u9fff]", text.replace(people.NAME, ""))
		if language == "zh":
			assert chinese, f"{path} has no Chinese"
		picture(page, f"portal-{name}-{size}-{language}", full=True, docs=name == "home" and size == "desktop")


def test_home_shows_the_homes_and_opens_one(portal_page, picture):
	page = portal_page(people.resident(), "small")
	expect(page.locator("h1")).to_contain_text(people.NAME)
	page.get_by_role("link", name=re.compile("6-1-1802")).click()
	expect(page.locator("main")).to_contain_text("128.6\u00a0m²")
	expect(page.locator("main")).to_contain_text("浙A6C308")
	expect(page.locator("main")).not_to_contain_text("份额")
	assert_no_sideways_scroll(page)
	picture(page, "portal-one-home-small-zh", full=True)


def test_targets_are_large_enough_for_a_thumb(portal_page):
	page = portal_page(people.resident(), "small")
	for path in PAGES.values():
		page.goto(path)
		small = page.evaluate(
			"""() => [...document.querySelectorAll("main button, main input:not(.sr-only, [type=hidden]), main select, nav a, header a, header button, .row[href]")]
				.filter((e) => e.checkVisibility())
				.map((e) => [e.textContent.trim() || e.name, e.getBoundingClientRect()])
				.filter(([, box]) => box.width && (box.height < 44 || box.width < 44))
				.map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""
		)
		assert not small, f"{path}: {small}"


def test_keyboard_reaches_the_content_first(portal_page):
	page = portal_page(people.resident(), "desktop")
	page.keyboard.press("Tab")
	expect(page.locator(".skip")).to_be_focused()
	page.keyboard.press("Enter")
	expect(page.locator("#content")).to_be_focused()


def test_sign_in_with_a_code(portal_page, picture):
	owner = people.resident()
	forget_codes()
	page = portal_page(size="small", path="/portal/homes")
	expect(page).to_have_url(re.compile(r"/portal/login\?next=/portal/homes$"))
	assert_no_sideways_scroll(page)
	picture(page, "portal-login-small-zh", docs=True)
	page.get_by_label("手机号码").fill("+86 139 0000 0001")
	page.get_by_role("button", name="获取验证码").click()
	expect(page.get_by_role("status")).to_contain_text("验证码将很快送达")
	expect(page.get_by_role("button", name=re.compile("重新发送"))).to_be_disabled()
	page.get_by_label("短信验证码").fill(code_sent_to(owner))
	page.get_by_role("button", name="登录", exact=True).click()
	expect(page).to_have_url(re.compile(r"^[^?]*/portal/homes$"))
	expect(page.locator("main")).to_contain_text("6-1-1802")


def test_five_wrong_codes_use_the_right_one_up(portal_page, watch):
	watch.allow("status of (417|429)")
	owner = people.resident()
	forget_codes()
	page = portal_page(size="phone")
	page.get_by_label("手机号码").fill(owner.phone)
	page.get_by_role("button", name="获取验证码").click()
	code = code_sent_to(owner)
	wrong = f"{(int(code) + 1) % 1_000_000:06d}"
	for attempt in [wrong] * 5 + [code]:
		page.get_by_label("短信验证码").fill(attempt)
		with page.expect_response("**/api/method/*sign_in_with_code"):
			page.get_by_role("button", name="登录", exact=True).click()
		expect(page.get_by_role("alert")).to_contain_text("验证码不正确或已失效")
	expect(page).to_have_url(re.compile("/portal/login"))


def test_sign_in_with_a_password_in_english(portal_page, watch, picture):
	watch.allow("status of 417")
	owner = people.resident()
	page = portal_page(size="desktop", language="en")
	page.get_by_role("link", name="By password").click()
	page.get_by_label("Phone number or e-mail").fill(owner.phone)
	page.get_by_label("Password").fill("not the password")
	page.get_by_role("button", name="Sign in").click()
	expect(page.get_by_role("alert")).to_contain_text("do not fit")
	picture(page, "portal-login-desktop-en")
	page.get_by_label("Password").fill(owner.password)
	page.get_by_role("button", name="Sign in").click()
	expect(page).to_have_url(re.compile("/portal$"))
	page.get_by_role("button", name=re.compile("Sign out|退出登录")).first.click()
	expect(page).to_have_url(re.compile("/portal/login"))
	page.goto("/portal/me")
	expect(page).to_have_url(re.compile("/portal/login"))


def test_language_is_kept(portal_page):
	owner = people.resident()
	page = portal_page(owner, "small", "zh")
	page.get_by_role("button", name="English").click()
	expect(page.locator("html")).to_have_attribute("lang", "en")
	page.goto("/portal/homes")
	expect(page.get_by_role("heading", name="My homes")).to_be_visible()
	page.get_by_role("button", name="中文").click()
	expect(page.get_by_role("heading", name="我的房屋")).to_be_visible()


def test_first_visit_asks_for_consent(portal_page, picture, site):
	owner = people.resident()
	frappe.db.set_value("Resident", owner.name, {"consent_version": None, "consent_on": None})
	frappe.db.commit()  # the served site is another process
	page = portal_page(owner, "small", path="/portal/homes")
	expect(page).to_have_url(re.compile(r"/portal/privacy\?next=/portal/homes"))
	picture(page, "portal-consent-small-zh", full=True)
	page.get_by_role("button", name="同意并继续").click()
	expect(page).to_have_url(re.compile(r"^[^?]*/portal/homes$"))
	frappe.db.rollback()  # a new snapshot
	assert frappe.db.get_value("Resident", owner.name, "consent_version") == people.notice_version()


def test_ask_for_a_correction(portal_page, site):
	owner = people.resident()
	frappe.db.delete("Personal Data Request", {"resident": owner.name})
	frappe.db.commit()  # the served site is another process
	page = portal_page(owner, "small", path="/portal/me")
	expect(page.locator("main")).to_contain_text("139****0001")
	assert owner.phone not in page.content()
	page.get_by_label("您的要求").fill("邮箱已更换，请改为新的邮箱。")
	page.get_by_role("button", name="提交").click()
	expect(page.get_by_text("邮箱已更换，请改为新的邮箱。")).to_be_visible()
	frappe.db.rollback()  # a new snapshot
	request = frappe.get_all("Personal Data Request", filters={"resident": owner.name}, fields=["project", "status"])
	assert request == [{"project": people.PROJECT, "status": "Received"}]


def test_unknown_page_is_friendly(portal_page, watch, picture):
	watch.allow("status of 404")
	page = portal_page(people.resident(), "small", path="/portal/nothing-here")
	expect(page.get_by_role("heading", name="找不到页面")).to_be_visible()
	picture(page, "portal-404-small-zh")
	page.get_by_role("link", name="返回首页").click()
	expect(page).to_have_url(re.compile("/portal$"))


def test_staff_are_sent_to_the_desk(desk_page, watch):
	watch.allow("status of 403")
	page = desk_page("Cashier")
	page.goto("/portal/homes")
	page.get_by_role("link", name="进入员工工作台").click()
	expect(page).to_have_url(re.compile("/app"))
	page.goto("/portal")
	expect(page).to_have_url(re.compile("/app"))


def forget_codes() -> None:
	"""Start counting anew: limits and earlier codes outlive a test."""
	for kind in ("kefu-sign-in", "kefu-limit"):
		frappe.cache.delete_keys(kind)
	frappe.db.delete("Outgoing Message", {"kind": "sign_in_code"})
	frappe.db.commit()  # the newest code must be the one that is asked for next


def code_sent_to(owner) -> str:
	"""The newest code for this resident: readable on test sites only."""
	for _wait in range(50):
		frappe.db.rollback()  # a new snapshot
		texts = frappe.get_all(
			"Outgoing Message",
			filters={
				"resident": owner.name,
				"kind": "sign_in_code",
			},
			pluck="text",
			order_by="creation desc",
			limit=1,
		)
		if texts:
			frappe.db.delete("Outgoing Message", {"resident": owner.name})
			frappe.db.commit()  # the next code must be a new one
			return re.search(r"\d{6}", texts[0])[0]
		time.sleep(0.2)
	raise AssertionError("no code was sent: does the worker run?")
