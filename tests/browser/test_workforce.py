"""Staff on the phone: check-in inside and outside the area, My Work, a training test; the roster grid at the desk."""

from __future__ import annotations

from datetime import timedelta

import frappe
import pytest
from frappe.utils import now_datetime
from playwright.sync_api import expect

from tests.browser import people
from tests.browser.conftest import assert_no_sideways_scroll
from tests.factories.registry import make_project
from tests.factories.users import assign
from tests.factories.workforce import make_area, make_course, make_shift, make_staff

HERE = {"latitude": 30.25, "longitude": 120.15}
OUTSIDE = {"latitude": 30.29, "longitude": 120.15}


@pytest.fixture
def place(site):
	"""A project of its own; the technician of the browser tests works there."""
	project = make_project(project_name="云栖苑").name
	make_area(project, area_name="客服中心")
	for code, name, start, end in (("A", "早班", "07:00:00", "15:00:00"), ("N", "夜班", "23:00:00", "07:00:00")):
		make_shift(project, code, start, end, shift_name=name)
	for role in ("Technician", "HR Clerk"):
		assign(people.staff(role)[0], project)
	user = people.staff("Technician")[0]
	frappe.db.set_value("Staff Member", {"user": user}, "user", None)  # the file of an earlier test
	staff = make_staff(project, "孙磊", user=user)
	frappe.db.commit()  # the served site is another process
	return frappe._dict(project=project, staff=staff)


def test_staff_check_in_on_the_phone_and_take_a_test(place, desk_page, picture, watch):
	watch.allow(r"status of 417")  # the refused check-in
	page = desk_page("Technician", size="phone", path="/app")
	context = page.context
	context.grant_permissions(["geolocation"])
	context.set_geolocation(OUTSIDE | {"accuracy": 15})
	page.goto("/app/duty-check-in")
	page.locator("[data-kind='Clock In']").click()
	message = page.locator(".kefu-check-in-message")
	expect(message).to_have_attribute("data-colour", "red")
	expect(message).to_contain_text("客服中心")
	picture(page, "workforce-check-in-refused")
	context.set_geolocation(HERE | {"accuracy": 15})
	page.locator("[data-kind='Clock In']").click()
	expect(message).to_have_attribute("data-colour", "green")
	expect(page.locator(".kefu-check-in-list li")).to_have_count(1)
	assert_no_sideways_scroll(page)
	picture(page, "workforce-check-in")

	course = make_course(questions=2, course_name="客服服务规范")
	starts = now_datetime() - timedelta(minutes=5)
	session = frappe.get_doc(
		{
			"doctype": "Training Session",
			"project": place.project,
			"course": course.name,
			"course_name": course.course_name,
			"starts_on": starts,
			"ends_on": starts + timedelta(hours=2),
			"trainer": "李敏",
			"place": "会议室",
			"participants": [{"staff": place.staff.name}],
		}
	).insert(ignore_permissions=True)
	frappe.db.commit()  # see above
	page.goto(f"/app/training-room/{session.attendance_code}")
	card = page.locator(f"[data-session='{session.name}']")
	expect(card.locator(".btn-primary")).to_be_visible()
	picture(page, "workforce-training-room")
	card.locator(".btn-primary").click()
	for number in range(2):
		page.locator(f"input[name='question-{number}'][value='A']").check()
	picture(page, "workforce-test")
	page.locator(".kefu-training > .btn-primary").click()
	expect(page.locator(".kefu-check-in-message")).to_have_attribute("data-colour", "green")

	page.goto("/app/my-work")
	expect(page.locator("[data-card='requests']")).to_be_visible()
	expect(page.locator("[data-card='training']")).to_contain_text("客服服务规范")
	assert_no_sideways_scroll(page)
	picture(page, "workforce-my-work-phone", full=True)


def test_the_roster_is_filled_by_clicks(place, desk_page, picture):
	roster = frappe.get_doc(
		{
			"doctype": "Duty Roster",
			"project": place.project,
			"month": "2025-03",
			"lines": [{"staff": place.staff.name}],
		}
	).insert(ignore_permissions=True)
	frappe.db.commit()  # the served site is another process
	page = desk_page("HR Clerk", path=f"/app/duty-roster/{roster.name}")
	cells = page.locator(".kefu-roster tbody td")
	expect(cells).to_have_count(31)
	cells.nth(2).click()
	expect(cells.nth(2)).to_have_text("A")
	cells.nth(2).click()
	expect(cells.nth(2)).to_have_text("N")
	picture(page, "workforce-roster")
	page.locator("button.primary-action:visible, .actions-btn-group:visible").first.wait_for()
	page.keyboard.press("Control+s")
	expect(page.locator(".indicator-pill:visible", has_text="未保存")).to_have_count(0)
	page.wait_for_function("!cur_frm.is_dirty()")
	assert frappe.db.get_value("Duty Roster Line", {"parent": roster.name}, "days").split(",")[2] == "N"
	page.goto("/app/workforce")
	expect(page.locator(".widget.shortcut-widget-box").first).to_be_visible(timeout=20_000)
	picture(page, "workforce-workspace", full=True)
