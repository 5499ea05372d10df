"""Community: an owner reads, registers and books on a phone; a guest scans a notice; the door checks people in (D12, D16, D27, L5)."""

import frappe
from playwright.sync_api import expect

from tests.browser import people
from tests.browser.conftest import assert_no_sideways_scroll
from tests.factories.community import (
	make_activity,
	make_disclosure,
	make_notice,
	make_owner,
	make_service,
	publish,
	register,
	start_today,
)
from tests.factories.registry import make_project
from tests.factories.users import MAIL, assign


def owner_of(project: str, code: str = "6-1-301"):
	"""(unit, resident, account) of an owner of this test alone."""
	unit, resident, user = make_owner(project, code)
	people.give_account(resident.name, user)
	return unit, resident, frappe._dict(user=user, password=people.PASSWORD)


def test_owner_reads_registers_and_books_on_a_phone(portal_page, picture):
	project = make_project(project_name="观澜府").name
	unit, resident, account = owner_of(project)
	notice = make_notice(
		project,
		title="关于清洗生活水池的停水通知",
		content="<p>周六 9:00—17:00 停水，请提前储水。</p>",
		is_public=1,
	)
	activity = make_activity(project, title="元宵猜灯谜", kind="Culture", venue="中心广场", quota=20)
	service = make_service(project, service_name="油烟机清洗", late_percent=30)
	board = publish(make_disclosure(project, "2026Q1"), "Published")
	frappe.db.commit()  # the served site is another process
	page = portal_page(account, path="/portal/notices")
	page.get_by_text("停水通知").click()
	expect(page.locator("main")).to_contain_text("请提前储水")
	picture(page, "community-notice-phone-zh", full=True)
	page.goto(f"/portal/activities/{activity.name}")
	page.locator("[data-step='1']").click()
	page.locator("form[data-call$='.register'] button[type=submit]").click()
	expect(page.locator("img.qr")).to_be_visible()
	assert_no_sideways_scroll(page)
	picture(page, "community-activity-phone-zh", full=True)
	page.goto(f"/portal/services/{service.name}")
	page.locator("#f-time").select_option(index=0)
	picture(page, "community-service-phone-zh", full=True)
	page.locator("form[data-call$='.book'] button[type=submit]").click()
	page.wait_for_url("**/portal/services/bookings/*")
	expect(page.locator("main")).to_contain_text("已预约")
	picture(page, "community-booking-phone-zh", full=True)
	page.goto(f"/portal/disclosure/{board.name}")
	page.locator("#f-text").fill("请公示明细。")
	page.locator("form[data-call$='.raise_objection'] button[type=submit]").click()
	expect(page.locator("main")).to_contain_text("待答复")
	assert_no_sideways_scroll(page)
	picture(page, "community-disclosure-phone-zh", full=True)
	frappe.db.rollback()  # a new snapshot: the server is another process
	assert frappe.db.get_value("Community Notice", notice.name, "read_count") == 1
	mine = frappe.get_last_doc("Activity Registration", {"activity": activity.name, "resident": resident.name})
	assert (mine.people, mine.source, mine.unit) == (2, "Portal", unit.name)
	assert frappe.db.count("Service Booking", {"service": service.name, "resident": resident.name}) == 1
	guest = portal_page(path=f"/portal/notice/{notice.token}")
	expect(guest.locator("main")).to_contain_text("请提前储水")
	picture(guest, "community-notice-guest-phone-zh", full=True)


def test_people_check_in_on_a_phone(desk_page, picture):
	project = make_project(project_name="云栖里").name
	people.staff("CS Agent")
	assign(f"browse.cs_agent@{MAIL}", project)
	activity = make_activity(project, title="邻里百家宴", kind="Festival", venue="中心广场", quota=20)
	first = register(activity.name, make_owner(project, "6-1-302")[1], 2)
	second = register(activity.name, make_owner(project, "6-1-303")[1])
	start_today(activity)
	activity.db_set("workflow_state", "Under Way")
	frappe.db.commit()  # the served site is another process
	page = desk_page("CS Agent", size="phone", path=f"/app/activity-check-in/{activity.name}")
	page.wait_for_selector(".kefu-patrol-bar input")
	page.fill(".kefu-patrol-bar input[type=text]", first.code.lower())
	page.get_by_role("button", name="签到", exact=True).click()
	expect(page.locator(".kefu-checkin-message")).to_contain_text(first.resident_name)
	expect(page.locator(".kefu-checkin-count")).to_contain_text("已到 2 人")
	page.locator(".kefu-patrol-card", has_text=second.resident_name).click()
	expect(page.locator(".kefu-checkin-count")).to_contain_text("已到 3 人")
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
	picture(page, "community-check-in-phone-zh", full=True)
	frappe.db.rollback()  # as above
	assert frappe.db.get_value("Community Activity", activity.name, "attended_count") == 3
	sheet = frappe.get_doc("Community Activity", activity.name).make_safety_sheet()
	frappe.db.commit()  # as above
	page.goto(f"/app/event-supervision/{sheet}")
	page.wait_for_selector(".kefu-patrol-check")
	page.locator("[data-result=OK]").first.click()
	page.get_by_role("button", name="保存检查结果").click()
	expect(page.locator("[data-result=OK]").first).to_have_attribute("aria-pressed", "true")
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
	picture(page, "community-supervision-phone-zh", full=True)
